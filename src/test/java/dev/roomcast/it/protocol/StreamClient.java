package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** In a room by server-sent events. */
final class StreamClient extends HttpReader {

    private volatile InputStream stream;

    StreamClient(House house, Person person) {
        super(house, person);
    }

    @Override
    void connect(int connection, String since) {
        HttpRequest request =
                events(since, "").header("Accept", "text/event-stream").build();
        HttpResponse<InputStream> response = open(request);
        stream = response.body();
        if (response.statusCode() != 200) {
            answered(House.json(text(response)));
            return;
        }
        assertEquals("text/event-stream", type(response));
        assertEquals("no", response.headers().firstValue("X-Accel-Buffering").orElse(""));
        inBackground(() -> read(connection, response.body()));
    }

    private HttpResponse<InputStream> open(HttpRequest request) {
        try {
            return house.http().send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new NotServed("No answer to " + request, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    private static String text(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the book (WHATWG HTML, section 9.2.6), as far as this server goes. */
    private void read(int connection, InputStream body) throws InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 1);
        String id = null;
        String name = null;
        StringBuilder data = new StringBuilder();
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                awaitGate();
                if (line.startsWith("id:")) {
                    id = value(line);
                } else if (line.startsWith("event:")) {
                    name = value(line);
                } else if (line.startsWith("data:")) {
                    data.append(value(line));
                } else if (line.isEmpty() && data.length() > 0) {
                    dispatch(connection, id, name, data.toString());
                    id = null;
                    name = null;
                    data.setLength(0);
                }
            }
        } catch (IOException e) {
            // Ended all the same.
        }
        ended(connection);
    }

    private void dispatch(int connection, String id, String name, String data) {
        if ("close".equals(name)) {
            closing(connection, House.json(data).get("code").asInt());
        } else {
            // Not remembered from event to event, as a browser would: exactly the frames with a position have an id.
            assertEquals(House.json(data).path("position").asText(null), id, data);
            received(connection, data);
        }
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).replaceFirst("^ ", "");
    }

    @Override
    void hangUp() {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
