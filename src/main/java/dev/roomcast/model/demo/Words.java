package dev.roomcast.model.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be seen in a text without understanding it. Pure. */
final class Words {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?…])\\s+|\\n+");
    private static final Pattern QUOTE = Pattern.compile("[\"“”„«»]");
    private static final Set<String> COMMON = Set.of(
            ("the and for are but not you all any can had her was one our out has him his how its may new now old see two"
                            + " way who did get let say she too use that with have this will your from they know want been good"
                            + " much some time very when come here just like long make many more only over such take than them"
                            + " well were what which their there would about could other these should because does please tell"
                            + " into then also each why where explain give need")
                    .split(" "));

    private Words() {}

    /** The words that say the most about a text: the most frequent ones, earlier before later, without common ones. */
    static List<String> telling(String text, int most) {
        Map<String, Integer> counts = counts(text);
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .forEach(word -> {
                    if (!COMMON.contains(word)) {
                        counts.merge(word, 1, Integer::sum);
                    }
                });
        return counts;
    }

    static List<String> sentences(String text) {
        return Arrays.stream(SENTENCE_END.split(text))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    /** The text that a request is about: what is quoted, or follows a colon or the first line. May be empty. */
    static String subject(String request) {
        Matcher quote = QUOTE.matcher(request);
        int opening = quote.find() ? quote.end() : -1;
        if (opening >= 0 && quote.find()) {
            return request.substring(opening, quote.start()).strip();
        }
        int colon = request.indexOf(':');
        int line = request.indexOf('\n');
        int start = colon < 0 ? line : line < 0 ? colon : Math.min(colon, line);
        return start < 0 ? "" : request.substring(start + 1).strip();
    }
}
