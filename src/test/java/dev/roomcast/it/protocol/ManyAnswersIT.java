package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many answers under way at the same time, each of which holds a thread that waits for its provider. */
@ExtendWith(Deployed.class)
class ManyAnswersIT extends Visit {

    private static final int ROOMS = 125;
    private static final int EACH = 4;

    ManyAnswersIT(URI server) {
        super(server, Transport.WEB_SOCKET);
    }

    @Test
    void five_hundred_at_once_starve_neither_each_other_nor_the_server() {
        Map<Client, List<String>> asked = new LinkedHashMap<>();
        for (int i = 0; i < ROOMS; i++) {
            Client client = house.client(transport, house.person("Ana"));
            client.join(room + "-" + i);
            List<String> answers = new ArrayList<>();
            for (int j = 0; j < EACH; j++) {
                answers.add(client.ask(tokens(20_000, 1_000)));
            }
            asked.put(client, answers);
        }
        asked.forEach((client, answers) -> answers.forEach(answer -> client.awaitScreen(
                "the first words of " + answer,
                shown -> !shown.answers.getOrDefault(answer, "").isEmpty())));
        asked.keySet()
                .forEach(client ->
                        assertEquals(0, client.<Integer>see(shown -> shown.endings.size()), "some have ended"));

        // All 500 are being waited for now, and the server still serves its page, talk, and one question more.
        assertEquals(200, house.send(house.request("", null).build()).statusCode());
        Client ana = come("Ana");
        Client ben = come(Transport.LONG_POLL, "Ben");
        String message = ben.say("Is there still room?");
        ana.awaitScreen("what Ben said", shown -> shown.messages.containsKey(message));
        String answer = ana.ask(tokens(30, 0));
        assertTrue(ben.wholeAnswer(answer).startsWith("t0 t1"));

        asked.forEach((client, answers) -> answers.forEach(one -> client.tell("ai-stop", "answerId", one)));
        asked.forEach((client, answers) -> answers.forEach(one -> assertEquals(
                "cancelled",
                client.await(
                                "the end of " + one,
                                frame -> Client.type("ai-end").test(frame)
                                        && frame.get("answerId").asText().equals(one))
                        .get("status")
                        .asText())));
    }
}
