package dev.roomcast.room;

/** What an event says. Immutable; text is well-formed UTF-16. */
public sealed interface Content {

    /** Somebody says something to the room. */
    record Message(String messageId, Author author, String text) implements Content {}

    /** Somebody asked, and waits for their turn. Nothing was said yet. */
    record AnswerQueued(Question question) implements Content {}

    /**
     * The answer to a question begins.
     *
     * @param waited it was {@linkplain AnswerQueued queued} before: then it begins only if it waits still
     * @param holds tokens that it holds of the {@linkplain Ration room's} until it ends
     */
    record AnswerStarted(Question question, boolean waited, long holds) implements Content {

        /** At once. */
        public AnswerStarted(Question question) {
            this(question, false);
        }

        public AnswerStarted(Question question, boolean waited) {
            this(question, waited, 0);
        }
    }

    /**
     * The answer goes on.
     *
     * @param userId the asker's
     * @param at offset of the first character of {@code text} in the whole answer, in UTF-16 code units
     */
    record AnswerChunk(String answerId, String userId, int at, String text) implements Content {

        int end() {
            return at + text.length();
        }
    }

    /** The answer is over, or the question that waited; nothing more comes of it. */
    record AnswerEnded(String answerId, String userId, Outcome outcome) implements Content {}

    /**
     * A moderator takes back what was said: nobody is shown it any more. What it says of itself is all that is left of it.
     *
     * @param messageId the message that is removed, or {@code null}
     * @param answerId else the question and its answer
     * @param by the moderator
     */
    record Removed(String messageId, String answerId, Author by) implements Content {

        /** Whether this event is of what is removed. */
        public boolean covers(Content other) {
            return messageId != null
                    ? other instanceof Message message && message.messageId.equals(messageId)
                    : answerId.equals(other.answer());
        }

        public String id() {
            return messageId != null ? messageId : answerId;
        }
    }

    /** What a newer version of this server said, and this one does not understand: it goes past it, and so does who reads here. */
    record Unknown() implements Content {}

    /** What is asked by this, or {@code null}. */
    default Question asked() {
        if (this instanceof AnswerQueued queued) {
            return queued.question;
        }
        return this instanceof AnswerStarted started ? started.question : null;
    }

    /** Which answer this belongs to, or {@code null}. */
    default String answer() {
        if (asked() != null) {
            return asked().answerId();
        }
        if (this instanceof AnswerChunk chunk) {
            return chunk.answerId;
        }
        return this instanceof AnswerEnded ended ? ended.answerId : null;
    }

    /** Length of the text it carries, the measure of what keeping it costs. */
    default int size() {
        if (this instanceof Message message) {
            return message.text.length();
        }
        if (asked() != null) {
            return asked().prompt().length();
        }
        return this instanceof AnswerChunk chunk ? chunk.text.length() : 0;
    }
}
