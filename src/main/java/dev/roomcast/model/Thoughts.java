package dev.roomcast.model;

import java.util.Map;

/**
 * Leaves out of an answer's text what the model thinks aloud before it answers, between tags. Servers that do not take it out themselves send it
 * like that: vLLM and SGLang without a reasoning parser, LM Studio, and Gemini if it is told to.
 *
 * <p>Only what an answer begins with: a tag further down is something that the answer speaks of. Confined to one thread.
 */
final class Thoughts {

    /** Blank characters before a tag; what begins with more of them is the answer. */
    private static final int MOST_BLANK = 64;

    private static final Map<String, String> TAGS = Map.of("<think>", "</think>", "<thought>", "</thought>");

    /** Nothing was said yet but what may become a tag; it thinks; it has just stopped; it answers. */
    private enum Phase {
        BEGINNING,
        THINKING,
        THOUGHT,
        ANSWERING
    }

    private Phase phase;
    private String held = "";
    private String end = "</think>";

    /** @param thinking from the first word on, without a tag that says so */
    Thoughts(boolean thinking) {
        phase = thinking ? Phase.THINKING : Phase.BEGINNING;
    }

    /**
     * What is text of it. May be empty.
     *
     * @param last nothing follows
     */
    String leaveOut(String piece, boolean last) {
        if (phase == Phase.ANSWERING) {
            return piece;
        }
        held += piece;
        if (phase == Phase.BEGINNING) {
            begin(last);
        }
        if (phase == Phase.THINKING) {
            think();
        }
        if (phase == Phase.THOUGHT) {
            held = held.stripLeading(); // the blank line between the two
            phase = held.isEmpty() ? Phase.THOUGHT : Phase.ANSWERING;
        }
        return phase == Phase.ANSWERING ? release() : "";
    }

    private void begin(boolean last) {
        String said = held.stripLeading();
        for (Map.Entry<String, String> tag : TAGS.entrySet()) {
            if (said.startsWith(tag.getKey())) {
                held = said.substring(tag.getKey().length());
                end = tag.getValue();
                phase = Phase.THINKING;
                return;
            }
        }
        boolean perhaps = held.length() - said.length() <= MOST_BLANK
                && TAGS.keySet().stream().anyMatch(tag -> tag.startsWith(said));
        phase = perhaps && !last ? Phase.BEGINNING : Phase.ANSWERING;
    }

    private void think() {
        int at = held.indexOf(end);
        if (at >= 0) {
            held = held.substring(at + end.length());
            phase = Phase.THOUGHT;
        } else {
            held = held.substring(Math.max(0, held.length() - end.length() + 1)); // half a tag, perhaps
        }
    }

    private String release() {
        String text = held;
        held = "";
        return text;
    }
}
