package dev.roomcast.model;

import java.time.Duration;
import java.util.List;

/**
 * A model and those that take over when it fails: another one when nothing of the answer was seen yet, and afterwards as the
 * configuration says.
 */
final class FailoverModel implements LanguageModel {

    private final List<ProviderModel> candidates;
    private final Duration firstToken;
    private final AfterCut afterCut;

    /**
     * @param candidates the model itself, then those that may take over, in their order
     * @param firstToken the longest time to the first piece, all of them together
     */
    FailoverModel(List<ProviderModel> candidates, Duration firstToken, AfterCut afterCut) {
        this.candidates = candidates;
        this.firstToken = firstToken;
        this.afterCut = afterCut;
    }

    @Override
    public String name() {
        return candidates.get(0).name();
    }

    /** Of the smallest, since any of them may have to take the prompt. */
    @Override
    public int window() {
        return candidates.stream()
                .mapToInt(ProviderModel::window)
                .filter(window -> window > 0)
                .min()
                .orElse(0);
    }

    @Override
    public ModelStream open(Prompt prompt) {
        return new FailoverStream(candidates, prompt, firstToken, afterCut);
    }
}
