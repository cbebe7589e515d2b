package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.model.ScriptedProvider;
import dev.roomcast.model.ScriptedProvider.Call;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What rooms see of a model that failed so often that it is left alone for a while, and of the others meanwhile. */
@ExtendWith(Deployed.class)
class RestingModelIT extends Visit {

    private static final String RESTING = "model-resting";

    /** More than it takes until it is left alone. */
    private static final int MOST = 40;

    /** Questions that one of them asks, fewer than they may. */
    private static final int EACH = 5;

    private final ScriptedProvider fragile;

    RestingModelIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        fragile = server.fragile();
        server.model().always(RestingModelIT::word);
    }

    @Test
    void questions_to_it_end_at_once_and_say_when_to_ask_again_and_then_it_answers() {
        Client ben = come(Transport.LONG_POLL, "Ben");
        fragile.always(call -> call.reply(200, "Content-Type: text/html\r\n", "<html>"));
        String refused = askUntilItRests(ben);

        int before = fragile.requests().size();
        Client ana = come("Ana");
        String asked = ask(ana, "fragile");
        Client elsewhere = house.client(transport, house.person("Cleo"));
        elsewhere.join(room + "-2");
        assertResting(elsewhere.end(ask(elsewhere, "fragile")));
        for (Client each : new Client[] {ana, ben}) {
            assertResting(each.end(asked));
        }
        assertEquals("", ben.text(refused));
        assertEquals(before, fragile.requests().size(), "it is left alone");
        // Each model has a breaker of its own.
        assertEquals("word", elsewhere.wholeAnswer(ask(elsewhere, "scripted")));
        assertEquals("word", ben.wholeAnswer(ask(ana, "scripted")));

        fragile.always(RestingModelIT::word);
        JsonNode last = ana.end(asked);
        for (int i = 0; i < EACH && last.path("code").asText().equals(RESTING); i++) {
            awaitTime(last.get("retryAfterMs").asLong());
            asked = ask(ana, "fragile");
            last = ana.end(asked);
        }
        assertEquals("complete", last.get("status").asText(), last::toString);
        assertEquals("word", ben.wholeAnswer(asked));
    }

    /** Whoever asks, until they hear that it rests. */
    private String askUntilItRests(Client reader) {
        Client asker = null;
        for (int i = 0; i < MOST; i++) {
            if (i % EACH == 0) {
                asker = come("Asker");
            }
            String asked = ask(asker, "fragile");
            JsonNode end = reader.end(asked);
            assertEquals("failed", end.get("status").asText(), end::toString);
            if (end.get("code").asText().equals(RESTING)) {
                return asked;
            }
            assertEquals("model-garbled", end.get("code").asText(), end::toString);
        }
        throw new AssertionError("It was asked " + MOST + " times, and failed each time.");
    }

    private static void assertResting(JsonNode end) {
        assertEquals("failed", end.get("status").asText(), end::toString);
        assertEquals(RESTING, end.get("code").asText(), end::toString);
        assertTrue(end.get("retryable").asBoolean());
        long wait = end.get("retryAfterMs").asLong();
        assertTrue(wait > 0 && wait <= IdentityProvider.REST_MS, end::toString);
        assertFalse(end.get("message").asText().isBlank());
        assertEquals(0, end.get("length").asInt());
    }

    /** As the server has told, and a moment more, as its clock and its breaker's are two. */
    private static void awaitTime(long ms) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(ms + 50, TimeUnit.MILLISECONDS))
                .join();
    }

    private static void word(Call call) throws IOException {
        call.stream();
        call.token("word");
        call.finish();
        call.done();
        call.end();
    }

    private static String ask(Client client, String model) {
        return client.answerTo(client.tell("ai-query", "prompt", "Tea?", "model", model))
                .get("answerId")
                .asText();
    }
}
