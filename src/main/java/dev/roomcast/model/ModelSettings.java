package dev.roomcast.model;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the configuration says about one model.
 *
 * @param settings where all of it stands
 * @param name as people see and choose it
 * @param role what it is there for, or {@code null}
 * @param offered whether people may choose it
 * @param shape what it is behind
 * @param url the base of the provider, or {@code null} if it is no remote one
 * @param key the API key, or {@code null}
 * @param model what the provider calls it
 * @param patience how long to wait for it
 * @param window tokens that it can hold, or 0
 * @param mostAnswers answers of it that may be under way at once
 * @param maxTokens the longest answer of one behind Anthropic's shape
 * @param prefix how it is asked to go on with an answer
 * @param thinksFirst its answers begin with thoughts, and only their end is marked
 * @param usageInStream whether it may be asked for the tokens used
 * @param keyHeader the header that the key alone stands in, or {@code null} for that of its shape
 */
record ModelSettings(
        Settings settings,
        String name,
        ModelRole role,
        boolean offered,
        Shape shape,
        URI url,
        String key,
        String model,
        Patience patience,
        int window,
        int mostAnswers,
        int maxTokens,
        Prefix prefix,
        boolean thinksFirst,
        boolean usageInStream,
        String keyHeader) {

    static final String FIRST_TOKEN = "first-token-timeout";
    static final String STALL = "stall-timeout";
    static final String THINKING = "thinking-timeout";

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TOKENS = 100_000_000;
    private static final int USUAL_MAX_TOKENS = 8_192;

    /**
     * @param name as people choose it, or {@code null} for the one model of a server that names none: what the provider calls it
     * @param settings its own
     * @param common where the patience stands that its own do not name
     * @param otherwise what a model is behind of which nothing is said
     * @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the key
     */
    static ModelSettings read(String name, Settings settings, Settings common, Shape otherwise) {
        URI url = settings.url("url").orElse(null);
        Optional<Shape> said = settings.choice(
                        "shape",
                        Arrays.stream(Shape.values()).map(Shape::setting).toList())
                .map(Shape::of);
        Shape shape = said.orElse(url == null ? otherwise : Shape.OPENAI);
        if (url == null && (shape.isRemote() || name != null && said.isEmpty())) {
            throw settings.wrong("url", "must be the base of a provider's API, such as https://api.openai.com/v1");
        }
        if (url != null && !shape.isRemote()) {
            throw settings.wrong("shape", "must be openai or anthropic if there is a url");
        }
        String model = settings.name("name").orElseGet(() -> nameOf(name, shape));
        int window = settings.number("window", 1, MOST_TOKENS).orElse(0);
        return new ModelSettings(
                settings,
                name == null ? model : name,
                settings.choice(
                                "role",
                                Arrays.stream(ModelRole.values())
                                        .map(ModelRole::wire)
                                        .toList())
                        .map(role -> ModelRole.valueOf(role.toUpperCase(Locale.ROOT)))
                        .orElse(null),
                settings.flag("offered", true),
                shape,
                url,
                settings.secret("api-key").orElse(null),
                model,
                new Patience(
                        patience(FIRST_TOKEN, settings, common, USUAL_PATIENCE),
                        patience(STALL, settings, common, USUAL_PATIENCE),
                        patience(THINKING, settings, common, Patience.USUAL_THINKING)),
                window,
                settings.number("max-answers", 1, MOST_TOKENS).orElse(Integer.MAX_VALUE),
                maxTokens(settings, window),
                prefix(settings, shape),
                settings.flag("thinks-first", false),
                settings.flag("usage-in-stream", true),
                keyHeader(settings, shape));
    }

    private static int maxTokens(Settings settings, int window) {
        int usual = window == 0 ? USUAL_MAX_TOKENS : Math.min(USUAL_MAX_TOKENS, (window + 1) / 2);
        int tokens = settings.number("max-tokens", 1, MOST_TOKENS).orElse(usual);
        if (window > 0 && tokens > window) {
            throw settings.wrong("max-tokens", "must not be more than window");
        }
        return tokens;
    }

    /**
     * The window that prompts have to fit into, or 0 if nobody said. Anthropic refuses a prompt that leaves less of it than the longest answer,
     * however short the answer would be.
     */
    int windowForPrompts() {
        return shape == Shape.ANTHROPIC && window > 0 ? Math.max(1, window - maxTokens) : window;
    }

    private static String nameOf(String name, Shape shape) {
        if (name != null) {
            return name;
        }
        // Servers of a single model ask for some name, and take any.
        return shape == Shape.DEMO ? "demo" : "default";
    }

    private static Duration patience(String name, Settings settings, Settings common, Duration usual) {
        return settings.patience(name).or(() -> common.patience(name)).orElse(usual);
    }

    private static String keyHeader(Settings settings, Shape shape) {
        String header = settings.header("api-key-header").orElse(null);
        if (header != null && shape != Shape.OPENAI) {
            throw settings.wrong("api-key-header", "must not be set where the shape is not openai");
        }
        return header;
    }

    private static Prefix prefix(Settings settings, Shape shape) {
        List<String> possible = Arrays.stream(Prefix.values())
                .filter(prefix -> shape == Shape.OPENAI || prefix.ordinal() <= Prefix.PLAIN.ordinal())
                .map(Prefix::setting)
                .toList();
        return settings.choice("prefix", possible)
                .flatMap(Prefix::of)
                .orElse(shape == Shape.ANTHROPIC ? Prefix.PLAIN : Prefix.NONE);
    }

    /** Without the key, and without what stands in the URL's query, since what is printed ends up in a log. */
    @Override
    public String toString() {
        if (url == null) {
            return name + " (" + (shape == Shape.LANGCHAIN4J ? "a bean of the application" : "the built-in demo") + ')';
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return name + " (" + shape.setting() + ", " + model + " at " + url.getScheme() + "://" + url.getHost() + port
                + ')';
    }
}
