package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** In a room poll by poll. */
final class PollClient extends HttpReader {

    private static final int WAIT_MILLIS = 5_000;

    private volatile CompletableFuture<HttpResponse<String>> poll;

    PollClient(House house, Person person) {
        super(house, person);
    }

    @Override
    void connect(int connection, String since) {
        inBackground(() -> read(connection, since));
    }

    private void read(int connection, String since) throws InterruptedException {
        String position = since;
        while (isCurrent(connection)) {
            HttpRequest request = events(position, "&wait=" + WAIT_MILLIS)
                    .header("Accept", "application/json")
                    .build();
            HttpResponse<String> response;
            try {
                poll = house.http().sendAsync(request, BodyHandlers.ofString());
                if (!isCurrent(connection)) {
                    hangUp();
                }
                response = poll.join();
            } catch (CancellationException | CompletionException e) {
                ended(connection);
                return;
            }
            if (response.statusCode() != 200) {
                answered(checked(response));
                return;
            }
            position = show(connection, response.body());
            if (position == null) {
                ended(connection);
                return;
            }
            awaitGate();
        }
    }

    /** Shows the frames, and returns the position from which to poll next; {@code null} if one was not even let in. */
    private String show(int connection, String body) {
        JsonNode answer = House.json(body);
        Schemas.check("http.json#/$defs/poll", answer);
        JsonNode last = null;
        for (JsonNode frame : answer.get("events")) {
            received(connection, frame.toString());
            last = frame.has("position") ? frame : last;
        }
        String position = answer.path("position").asText(null);
        if (last != null) {
            assertEquals(last.get("position").asText(), position);
        }
        return position;
    }

    @Override
    void hangUp() {
        if (poll != null) {
            poll.cancel(true);
        }
    }
}
