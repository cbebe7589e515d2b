package dev.roomcast.model.demo;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the demo answers to a prompt, in tokens. The same prompt always gets the same answer. Immutable. */
final class DemoAnswer {

    /** A word with the space before it, as models have them; a long one is several. A surrogate pair stays together. */
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:[^\\s\\ud800-\\udfff]{1,9}|[\\x{10000}-\\x{10ffff}]|\\S)|\\s+");

    private final List<String> tokens;
    private final int count;
    private final boolean numbered;

    private DemoAnswer(List<String> tokens, int count, boolean numbered) {
        this.tokens = tokens;
        this.count = count;
        this.numbered = numbered;
    }

    static DemoAnswer to(DemoQuestion question, DemoDirective directive) {
        if (directive.numbered()) {
            return new DemoAnswer(List.of(), directive.tokens() < 0 ? 100 : directive.tokens(), true);
        }
        String text = DemoTalent.answer(DemoDirective.removedFrom(question.prompt()), question.talk());
        List<String> tokens =
                TOKEN.matcher(text).results().map(MatchResult::group).toList();
        return new DemoAnswer(tokens, directive.tokens() < 0 ? tokens.size() : directive.tokens(), false);
    }

    /** How many tokens there are. */
    int count() {
        return count;
    }

    /** A longer answer than there is text begins anew. */
    String token(int index) {
        if (numbered) {
            return index == 0 ? "t0" : " t" + index;
        }
        String token = tokens.get(index % tokens.size());
        return index > 0 && index % tokens.size() == 0 ? "\n\n" + token : token;
    }

    /** All of it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(token(i));
        }
        return text.toString();
    }
}
