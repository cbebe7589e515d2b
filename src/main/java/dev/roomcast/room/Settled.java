package dev.roomcast.room;

/** One contribution of the room's history that does not change any more. Immutable. */
public sealed interface Settled {

    long time();

    /** Whether this is its messageId or answerId. */
    boolean is(String id);

    /** Length of its texts, in UTF-16 code units. */
    int size();

    record Said(long time, Content.Message message) implements Settled {
        @Override
        public int size() {
            return message.text().length();
        }

        @Override
        public boolean is(String id) {
            return message.messageId().equals(id);
        }
    }

    /** A question and its whole answer. {@code time} is when it began, which is when it was asked unless it waited. */
    record Answered(long time, Question question, String text, Outcome outcome) implements Settled {
        @Override
        public int size() {
            return question.prompt().length() + text.length();
        }

        @Override
        public boolean is(String id) {
            return question.answerId().equals(id);
        }
    }
}
