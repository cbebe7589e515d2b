package dev.roomcast.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the configuration says about the model.
 *
 * @param url the base of the provider, or {@code null}: then the built-in demo model answers
 * @param key the API key, or {@code null}
 * @param name the model's name
 * @param firstToken the longest time to the first piece of an answer, retries included
 * @param stall the longest time between two pieces
 */
record ModelSettings(URI url, String key, String name, Duration firstToken, Duration stall) {

    static final String URL = "roomcast.model.url";
    static final String KEY = "roomcast.model.api-key";
    static final String NAME = "roomcast.model.name";
    static final String FIRST_TOKEN = "roomcast.model.first-token-timeout";
    static final String STALL = "roomcast.model.stall-timeout";

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /**
     * @param config the value of a key, if it has one
     * @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the key
     */
    static ModelSettings read(Function<String, Optional<String>> config) {
        URI url = config.apply(URL).map(ModelSettings::url).orElse(null);
        return new ModelSettings(
                url,
                config.apply(KEY).map(ModelSettings::key).orElse(null),
                config.apply(NAME).map(ModelSettings::name).orElseGet(() -> nameWithout(url)),
                patience(FIRST_TOKEN, config.apply(FIRST_TOKEN)),
                patience(STALL, config.apply(STALL)));
    }

    private static URI url(String value) {
        try {
            URI url = new URI(value.strip());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw wrong(URL, "must be the base of an OpenAI-shaped API, such as https://api.openai.com/v1");
    }

    private static String key(String value) {
        String key = value.strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            // The value itself is not told: it may be a key with a slip in it.
            throw wrong(KEY, "must be a key without spaces, in plain ASCII");
        }
        return key;
    }

    private static String name(String value) {
        String name = value.strip();
        if (name.isEmpty() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong(NAME, "must be the model's name, of 1 to 100 letters");
        }
        return name;
    }

    private static String nameWithout(URI url) {
        // Servers of a single model ask for some name, and take any.
        return url != null ? "default" : "demo";
    }

    private static Duration patience(String key, Optional<String> value) {
        try {
            Duration patience = Duration.parse(value.orElse("PT30S").strip());
            if (patience.compareTo(SHORTEST) >= 0 && patience.compareTo(LONGEST) <= 0) {
                return patience;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw wrong(key, "must be a time between PT0.1S and PT30M, such as PT30S");
    }

    private static IllegalArgumentException wrong(String key, String demand) {
        return new IllegalArgumentException(key + ' ' + demand + '.');
    }

    /** The longest silence of all. */
    Duration longest() {
        return firstToken.compareTo(stall) > 0 ? firstToken : stall;
    }

    /** Without the key, since what is printed ends up in a log. */
    @Override
    public String toString() {
        return "ModelSettings[" + name + " at " + url + ']';
    }
}
