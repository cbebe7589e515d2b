package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import dev.roomcast.model.ScriptedProvider;
import dev.roomcast.model.ScriptedProvider.Call;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a room sees of a provider that answers in its own way. */
@ExtendWith(Deployed.class)
class OddAnswersIT extends Visit {

    /** A million bytes. */
    private static final String MEGABYTE = "xyzé".repeat(200_000);

    private final ScriptedProvider provider;

    OddAnswersIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        provider = server.model();
    }

    @Test
    void a_token_of_a_megabyte_reaches_everybody_by_whatever_transport() {
        provider.always(call -> whole(call, MEGABYTE));
        List<Client> readers = new ArrayList<>();
        for (Transport by : Transport.ALL) {
            readers.add(come(by, "Reader"));
        }
        String asked = ask(readers.get(0));
        for (Client reader : readers) {
            assertTrue(
                    MEGABYTE.equals(reader.wholeAnswer(asked)),
                    () -> reader.end(asked).toString());
        }
        for (Transport by : Transport.ALL) {
            JsonNode joined = house.client(by, house.person("Late")).join(room);
            assertTrue(MEGABYTE.equals(joined.at("/history/0/text").asText()), by::toString);
        }
    }

    @Test
    void what_is_declined_or_empty_ends_as_such_for_everybody_and_the_next_question_works() {
        Client ana = come("Ana");
        Client ben = come(Transport.EVENT_STREAM, "Ben");

        provider.always(call -> ends(call, null, "content_filter"));
        JsonNode end = ben.end(ask(ana));
        assertEquals("failed", end.get("status").asText());
        assertEquals("model-declined", end.get("code").asText());
        assertFalse(end.get("retryable").asBoolean());

        provider.always(call -> ends(call, null, "stop"));
        end = ben.end(ask(ana));
        assertEquals("failed", end.get("status").asText());
        assertEquals("model-empty", end.get("code").asText());

        provider.always(call -> ends(call, "half", "content_filter"));
        String half = ask(ana);
        end = ben.end(half);
        assertEquals("complete", end.get("status").asText());
        assertEquals("content_filter", end.get("finish").asText());
        assertEquals("half", ben.text(half));

        provider.always(call -> whole(call, "word"));
        assertEquals("word", ben.wholeAnswer(ask(ana)));
    }

    @Test
    void who_wants_to_be_asked_again_in_a_moment_is_asked_then_and_nobody_sees_a_failure() {
        Instant date = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        assertAskedAgain(DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)), date);
        assertAskedAgain("1", Instant.now().plusSeconds(1));
    }

    /** @param notBefore what that means, at the earliest */
    private void assertAskedAgain(String retryAfter, Instant notBefore) {
        Queue<Instant> asked = new ConcurrentLinkedQueue<>();
        provider.always(call -> {
            asked.add(Instant.now());
            if (asked.size() == 1) {
                call.reply(429, "Retry-After: " + retryAfter + "\r\n", "{}");
            } else {
                whole(call, "word");
            }
        });
        Client ana = come("Ana");
        assertEquals("word", ana.wholeAnswer(ask(ana)));
        asked.remove();
        assertEquals(1, asked.size(), "once more, and no oftener");
        // Clocks of two kinds are between the two.
        assertTrue(asked.element().isAfter(notBefore.minusMillis(100)), asked + " instead of " + notBefore);
    }

    private static void whole(Call call, String text) throws IOException {
        ends(call, text, "stop");
    }

    private static void ends(Call call, String text, String finish) throws IOException {
        call.stream();
        if (text != null) {
            call.token(text);
        }
        call.event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}");
        call.done();
        call.end();
    }

    private static String ask(Client client) {
        return client.answerTo(client.tell("ai-query", "prompt", "Tea?", "model", "scripted"))
                .get("answerId")
                .asText();
    }
}
