package dev.roomcast.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people see where an answer broke and another begins, in Markdown, as answers are. */
final class Seam {

    /** A line that may begin or end a block of code, as CommonMark has it: its mark and what follows. */
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");

    private Seam() {}

    /** Between a beginning and its rest, which may start in the middle of a word: as short as can be. */
    static String rest(CharSequence before) {
        // Within code no Markdown is seen, and nothing that would be taken for code may stand there.
        return openFence(before) != null ? " ⟨…⟩ " : " *⟨…⟩* ";
    }

    /** Between an answer that broke off and another one to the same question. */
    static String again(CharSequence before) {
        String open = openFence(before);
        String close = open != null ? "\n" + open : "";
        return close + "\n\n---\n\n*The model broke off here. The question was asked again:*\n\n";
    }

    /** The mark of the block of code in which a text ends, or {@code null}. The page has the same rule. */
    private static String openFence(CharSequence text) {
        String open = null;
        for (String line : text.toString().lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (!fence.matches()) {
                continue;
            }
            String mark = fence.group(1);
            String info = fence.group(2);
            if (open == null) {
                open = mark.startsWith("~") || !info.contains("`") ? mark : null;
            } else if (mark.startsWith(open) && info.isBlank()) {
                open = null;
            }
        }
        return open;
    }
}
