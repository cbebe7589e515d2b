package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The shape that outsiders rely on: a client that knows nothing but {@code join}, {@code ai-query}, {@code ai-start}, {@code
 * ai-chunk} and {@code ai-end}, and comes without any token. What it sends is copied from such a client, and may not change.
 */
@ExtendWith(Deployed.class)
class FiveTypesIT extends Visit {

    FiveTypesIT(URI server) {
        super(server, Transport.WEB_SOCKET);
    }

    @Test
    void it_asks_and_reads_the_answer() throws Exception {
        Outsider outsider = new Outsider();
        Client ana = come("Ana");
        outsider.send("{\"type\":\"join\",\"roomId\":\"" + room + "\"}");
        outsider.send("{\"type\":\"ai-query\",\"prompt\":\"" + tokens(30, 2) + "\",\"userId\":\"u1\"}");
        String text = outsider.answer();

        assertTrue(text.startsWith("t0 t1"), text);
        String answer =
                ana.await("the same", Client.type("ai-start")).get("answerId").asText();
        assertEquals(ana.wholeAnswer(answer), text);
    }

    @Test
    void it_reads_what_others_asked_from_the_beginning_also_when_it_comes_in_the_middle() throws Exception {
        Client ana = come("Ana");
        String answer = ana.ask(endless());
        ana.awaitScreen(
                "some of it", shown -> shown.answers.getOrDefault(answer, "").length() > 50);
        Outsider outsider = new Outsider();
        outsider.send("{\"type\":\"join\",\"roomId\":\"" + room + "\"}");
        assertTrue(outsider.next("ai-chunk").get("content").asText().length() > 50, "not all that there was");
        ana.tell("ai-stop", "answerId", answer);

        assertEquals(ana.wholeAnswer(answer), outsider.answer());
    }

    /** Reads {@code type}, {@code content} and {@code userId}, and nothing else. */
    private final class Outsider implements WebSocket.Listener {

        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder frame = new StringBuilder();
        private final WebSocket socket = house.http()
                .newWebSocketBuilder()
                .buildAsync(house.socket(""), this)
                .orTimeout(House.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        private String text;
        private String asker;

        void send(String command) {
            socket.sendText(command, true).join();
        }

        /** The next frame of this type; what comes before it counts too. */
        JsonNode next(String type) throws InterruptedException {
            while (true) {
                JsonNode frame = frames.poll(House.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertTrue(frame != null, "waited in vain for " + type);
                show(frame);
                if (frame.get("type").asText().equals(type)) {
                    return frame;
                }
            }
        }

        String answer() throws InterruptedException {
            next("ai-end");
            return text;
        }

        private void show(JsonNode frame) {
            switch (frame.get("type").asText()) {
                case "ai-start" -> {
                    text = "";
                    asker = frame.get("userId").asText();
                }
                case "ai-chunk" -> {
                    text += frame.get("content").asText();
                    assertEquals(asker, frame.get("userId").asText());
                }
                case "ai-end" -> assertEquals(asker, frame.get("userId").asText());
                default -> {}
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                frames.add(House.json(frame.toString()));
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
