package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.ProtocolDocument;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** In a room by HTTP: what is told goes by POST, and a thread reads. */
abstract class HttpReader extends Client {

    private final Object gate = new Object();
    private boolean reading = true; // guarded by gate

    HttpReader(House house, Person person) {
        super(house, person);
    }

    @Override
    final void send(String command) {
        HttpResponse<String> response = house.post(path("commands") + query(null), person, command);
        answered(checked(response));
    }

    /** The URL at which the room is read from there on. */
    final HttpRequest.Builder events(String since, String more) {
        return house.request(path("events") + query(since) + more, person);
    }

    private String path(String what) {
        return "api/rooms/" + House.encoded(room()) + "/" + what;
    }

    private String query(String since) {
        return "?session=" + (session() == null ? "" : session()) + (since == null ? "" : "&since=" + since);
    }

    /** The frame of this response, whose status must say the same. */
    final JsonNode checked(HttpResponse<String> response) {
        JsonNode frame = House.json(response.body());
        int status = frame.path("type").asText().equals("error")
                ? ProtocolDocument.httpStatus(frame.path("code").asText())
                : 202;
        assertEquals(status, response.statusCode(), response::body);
        return frame;
    }

    @Override
    final void stopReading() {
        synchronized (gate) {
            reading = false;
        }
    }

    @Override
    final void readOn() {
        synchronized (gate) {
            reading = true;
            gate.notifyAll();
        }
    }

    /** Returns once there is a wish to read. */
    final void awaitGate() throws InterruptedException {
        synchronized (gate) {
            while (!reading) {
                gate.wait();
            }
        }
    }

    final void inBackground(Reading reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.run();
                    } catch (Exception | AssertionError e) {
                        broke(e);
                    }
                },
                "reads as " + person.name());
        thread.setDaemon(true);
        thread.start();
    }

    interface Reading {
        void run() throws Exception;
    }
}
