package dev.roomcast.model;

import java.util.function.Supplier;

/** A provider that has the same attempt for every question. */
record OneCall(Call call) implements Source {

    @Override
    public Supplier<Call> asked(Prompt prompt) {
        return () -> call;
    }

    @Override
    public boolean continues() {
        return false;
    }
}
