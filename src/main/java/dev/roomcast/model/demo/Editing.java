package dev.roomcast.model.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Summarises by picking the sentences that share most words with the rest, and rewrites by tidying up. */
final class Editing implements DemoTalent {

    private static final Pattern SUMMARISE = Pattern.compile("(?i)\\b(summar|shorten|tl;?dr|key points|sum up)");
    private static final Pattern REWRITE = Pattern.compile(
            "(?i)\\b(rewrite|rephrase|reword|polish|proofread|improve (this|the|my) (text|paragraph|sentence))");
    private static final Pattern FILLER =
            Pattern.compile("(?i)\\b(very|really|just|basically|actually|quite|simply|literally|in order)\\s+");
    private static final int MOST_SENTENCES = 5;

    @Override
    public Optional<String> tryAt(String prompt, List<String> talk) {
        boolean summarise = SUMMARISE.matcher(prompt).find();
        if (!summarise && !REWRITE.matcher(prompt).find()) {
            return Optional.empty();
        }
        String given = Words.subject(prompt);
        if (summarise) {
            return Optional.of(given.isEmpty() ? summaryOf(talk) : summary(given));
        }
        return Optional.of(
                given.isEmpty() ? "Give me the text after a colon, and I shall tidy it up." : rewritten(given));
    }

    private static String summaryOf(List<String> talk) {
        if (talk.isEmpty()) {
            return "Nobody has said anything here yet, so there is nothing to sum up.";
        }
        return "**What was said here, in short**\n\n" + bullets(picked(talk)) + "\n\nIt was mostly about: "
                + String.join(", ", Words.telling(String.join("\n", talk), 4)) + '.';
    }

    private static String summary(String text) {
        List<String> sentences = Words.sentences(text);
        List<String> picked = picked(sentences);
        return "**In short** (" + picked.size() + " of " + sentences.size() + " sentences, as they stand)\n\n"
                + bullets(picked);
    }

    /** A third of them, those with the most frequent words, in their order. */
    private static List<String> picked(List<String> sentences) {
        Map<String, Integer> weights = Words.counts(String.join("\n", sentences));
        int most = Math.max(1, Math.min(MOST_SENTENCES, (sentences.size() + 2) / 3));
        return IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weight(sentences.get(i), weights)))
                .limit(most)
                .sorted()
                .map(sentences::get)
                .toList();
    }

    private static double weight(String sentence, Map<String, Integer> weights) {
        return Words.counts(sentence).keySet().stream()
                .mapToInt(word -> weights.getOrDefault(word, 0))
                .average()
                .orElse(0);
    }

    private static String bullets(List<String> lines) {
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    private static String rewritten(String text) {
        String tidied = FILLER.matcher(text)
                .replaceAll("")
                .replaceAll("[ \\t]+", " ")
                .replaceAll("\\s+([,.;:!?])", "$1")
                .replaceAll("([!?])\\1+", "$1");
        String sentences = Words.sentences(tidied).stream()
                .map(sentence -> sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1))
                .collect(Collectors.joining(" "));
        return "**Tidied up**\n\n" + sentences
                + "\n\n**What I did:** took out fillers, doubled spaces and marks, and began each"
                + " sentence with a capital. The words are yours.";
    }
}
