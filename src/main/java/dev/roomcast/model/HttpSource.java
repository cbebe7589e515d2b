package dev.roomcast.model;

import java.util.function.Supplier;

/** A provider over HTTP. */
record HttpSource(Provider provider, Upstreams upstreams) implements Source {

    @Override
    public Supplier<Call> asked(Prompt prompt) {
        byte[] question = provider.dialect().question(provider.model(), prompt);
        return () -> new HttpCall(provider, upstreams, question, prompt.isBegun());
    }

    @Override
    public boolean continues() {
        return provider.dialect().continues();
    }
}
