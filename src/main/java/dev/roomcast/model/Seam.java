package dev.roomcast.model;

/** What people see where an answer broke and another begins, in Markdown, as answers are. */
final class Seam {

    private static final String FENCE = "```";

    private Seam() {}

    /** Between a beginning and its rest, which may start in the middle of a word: as short as can be. */
    static String rest(CharSequence before) {
        // Within code no Markdown is seen, and nothing that would be taken for code may stand there.
        return isInCode(before) ? " ⟨…⟩ " : " *⟨…⟩* ";
    }

    /** Between an answer that broke off and another one to the same question. */
    static String again(CharSequence before) {
        String close = isInCode(before) ? "\n" + FENCE : "";
        return close + "\n\n---\n\n*The model broke off here. The question was asked again:*\n\n";
    }

    /** An odd number of fences: the last one is open. */
    private static boolean isInCode(CharSequence text) {
        return text.toString()
                                .lines()
                                .filter(line -> line.stripLeading().startsWith(FENCE))
                                .count()
                        % 2
                == 1;
    }
}
