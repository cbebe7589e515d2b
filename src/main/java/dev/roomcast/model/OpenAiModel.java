package dev.roomcast.model;

/**
 * A model behind an API of OpenAI's shape: OpenAI itself, Azure, Mistral, vLLM, Ollama, LM Studio, the built-in demo, …
 */
final class OpenAiModel implements LanguageModel {

    private final Provider provider;
    private final Upstreams upstreams;
    private final ProviderGate gate;
    private final StallWatch watch;

    OpenAiModel(Provider provider, Upstreams upstreams, ProviderGate gate, StallWatch watch) {
        this.provider = provider;
        this.upstreams = upstreams;
        this.gate = gate;
        this.watch = watch;
    }

    @Override
    public String name() {
        return provider.model();
    }

    @Override
    public ModelStream open(Prompt prompt) {
        return new OpenAiStream(provider, upstreams, gate, watch, ChatRequest.of(provider.model(), prompt));
    }
}
