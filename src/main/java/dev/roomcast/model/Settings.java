package dev.roomcast.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the settings whose keys begin alike. What cannot be meant is an {@link IllegalArgumentException}, whose message is a sentence that
 * names the key, and does not tell the value: it may be a key with a slip in it.
 */
final class Settings {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final String prefix;
    private final Function<String, Optional<String>> config;

    /**
     * @param prefix what each key begins with, such as <code>roomcast.model.</code>
     * @param config the value of a key, if it has one
     */
    Settings(String prefix, Function<String, Optional<String>> config) {
        this.prefix = prefix;
        this.config = config;
    }

    /** Those whose keys go on with this. */
    Settings below(String name) {
        return new Settings(prefix + name + '.', config);
    }

    boolean has(String name) {
        return text(name).isPresent();
    }

    Optional<String> text(String name) {
        return config.apply(prefix + name).map(String::strip);
    }

    /** The base of an API. */
    Optional<URI> url(String name) {
        return text(name).map(value -> {
            try {
                URI url = new URI(value);
                boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
                if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw wrong(name, "must be the base of a provider's API, such as https://api.openai.com/v1");
        });
    }

    /** An API key. */
    Optional<String> secret(String name) {
        return text(name).map(value -> {
            if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw wrong(name, "must be a key without spaces, in plain ASCII");
            }
            return value;
        });
    }

    /** The name of an HTTP header. */
    Optional<String> header(String name) {
        return text(name).map(value -> {
            if (!value.matches("[A-Za-z0-9-]{1,100}")) {
                throw wrong(name, "must be the name of a header, such as api-key");
            }
            return value;
        });
    }

    /** What somebody calls a model. */
    Optional<String> name(String name) {
        return text(name).map(value -> {
            if (value.isEmpty() || value.length() > 100 || value.chars().anyMatch(Character::isISOControl)) {
                throw wrong(name, "must be the model's name, of 1 to 100 letters");
            }
            return value;
        });
    }

    Optional<Integer> number(String name, int least, int most) {
        return text(name).map(value -> {
            if (value.matches("[0-9]{1,9}")) {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw wrong(name, "must be a number from " + least + " to " + most);
        });
    }

    boolean flag(String name, boolean otherwise) {
        return choice(name, List.of("true", "false")).map(Boolean::valueOf).orElse(otherwise);
    }

    Optional<String> choice(String name, List<String> words) {
        return text(name).map(value -> {
            if (!words.contains(value)) {
                throw wrong(name, "must be one of " + String.join(", ", words));
            }
            return value;
        });
    }

    Optional<Duration> patience(String name) {
        return text(name).map(value -> {
            try {
                Duration patience = Duration.parse(value);
                if (patience.compareTo(SHORTEST) >= 0 && patience.compareTo(LONGEST) <= 0) {
                    return patience;
                }
            } catch (DateTimeParseException e) {
                // Said below.
            }
            throw wrong(name, "must be a time between PT0.1S and PT30M, such as PT30S");
        });
    }

    /** What stands between commas. */
    List<String> list(String name) {
        return text(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** @param demand goes on after the key: {@code must be …}, without a full stop */
    IllegalArgumentException wrong(String name, String demand) {
        return new IllegalArgumentException(prefix + name + ' ' + demand + '.');
    }
}
