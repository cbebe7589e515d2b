package dev.roomcast.model;

import java.util.function.Supplier;

/** Where answers come from: a provider over HTTP, or a model inside of this application. Thread-safe. */
interface Source {

    /** The attempts at an answer to this prompt, as many as are needed, one after the other. */
    Supplier<Call> asked(Prompt prompt);

    /** Whether a prompt that ends with the beginning of an answer gets the rest of just that answer. */
    boolean continues();
}
