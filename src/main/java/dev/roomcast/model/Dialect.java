package dev.roomcast.model;

import java.io.IOException;
import java.util.Map;

/** How providers of one shape are asked, and how their events are understood. Immutable, so thread-safe. */
interface Dialect {

    /** What follows the provider's base in the URL, without a slash before it. */
    String path();

    /** The headers, by name, that say who asks. */
    Map<String, String> headers(String key);

    /**
     * The body that asks for a stream of events.
     *
     * @param model the model's name, as the provider knows it
     */
    byte[] question(String model, Prompt prompt);

    /**
     * Reads one event into the answer that it is a part of.
     *
     * @throws IOException if it is no event of this shape; the answer may have got a part of its text then
     * @throws ModelFailed if it is an error of the provider
     */
    void read(byte[] data, int offset, int length, ChatAnswer answer) throws IOException, ModelFailed;

    /** What of an answer's text is none, at its beginning. @param goesOn it is the rest of one that was begun */
    default Thoughts thoughts(boolean goesOn) {
        return new Thoughts(false);
    }

    /** Whether a prompt that ends with the beginning of an answer gets the rest of just that answer. */
    boolean continues();
}
