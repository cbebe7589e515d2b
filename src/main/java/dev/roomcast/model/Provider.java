package dev.roomcast.model;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A provider with one of its models, and how patient to be with it.
 *
 * @param model the model's name, as the provider and people know it
 * @param base the URL that <code>/chat/completions</code> follows; asked for each answer; gives {@code null} while unknown
 * @param key the API key, or {@code null}
 * @param firstToken the longest time from asking to the first piece of the answer, retries included
 * @param stall the longest time between two pieces
 */
record Provider(String model, Supplier<URI> base, String key, Duration firstToken, Duration stall) {

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
        return URI.create((path.endsWith("/") ? path : path + '/') + "chat/completions" + rest);
    }

    /** Without the key, since what is printed ends up in a log. */
    @Override
    public String toString() {
        return "Provider[" + model + ']';
    }
}
