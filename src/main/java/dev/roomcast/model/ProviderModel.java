package dev.roomcast.model;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A model at one provider. */
final class ProviderModel implements LanguageModel {

    private final String name;
    private final int window;
    private final Patience patience;
    private final Source source;
    private final ProviderGate gate;
    private final Semaphore places;
    private final StallWatch watch;

    /**
     * @param name as people see it
     * @param window see {@link LanguageModel#window()}
     * @param mostAnswers how many may be under way at once
     */
    ProviderModel(
            String name,
            int window,
            Patience patience,
            Source source,
            ProviderGate gate,
            int mostAnswers,
            StallWatch watch) {
        this.name = name;
        this.window = window;
        this.patience = patience;
        this.source = source;
        this.gate = gate;
        this.places = new Semaphore(mostAnswers);
        this.watch = watch;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public ModelStream open(Prompt prompt) {
        return open(prompt, patience.firstToken());
    }

    /** An answer whose first piece must be here within this time, or within the model's own if that is shorter. */
    ModelStream open(Prompt prompt, Duration firstToken) {
        return new ProviderStream(source.asked(prompt), gate, places, watch, patience.within(firstToken));
    }

    /** How long its first piece may take. */
    Duration firstToken() {
        return patience.firstToken();
    }

    /** Whether a prompt that ends with the beginning of an answer gets the rest of just that answer. */
    boolean continues() {
        return source.continues();
    }
}
