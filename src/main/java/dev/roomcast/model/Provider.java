package dev.roomcast.model;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A provider with one of its models.
 *
 * @param model the model's name, as the provider knows it
 * @param base the URL that the dialect's path follows; asked for each answer; gives {@code null} while unknown
 * @param key the API key, or {@code null}
 */
record Provider(String model, Supplier<URI> base, String key, Dialect dialect) {

    /** Where to post questions to, or {@code null} while unknown. What the base has in its query stays there. */
    URI endpoint() {
        URI url = base.get();
        if (url == null) {
            return null;
        }
        String text = url.toString();
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String rest = query < 0 ? "" : text.substring(query);
        return URI.create((path.endsWith("/") ? path : path + '/') + dialect.path() + rest);
    }

    Map<String, String> headers() {
        return dialect.headers(key);
    }

    /** Without the key, since what is printed ends up in a log. */
    @Override
    public String toString() {
        return "Provider[" + model + ']';
    }
}
