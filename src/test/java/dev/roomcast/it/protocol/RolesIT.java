package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.Deployed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A question may name what its model is there for. Of the deployment's models one is fast, and none translates. */
@ExtendWith(Deployed.class)
class RolesIT extends Visit {

    RolesIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
    }

    @Test
    void who_asks_for_a_role_is_answered_by_the_model_that_has_it_else_by_the_default() {
        Client ben = come("Ben");
        for (Transport by : Transport.ALL) {
            Client ana = come(by, "Ana");
            assertEquals("quick", answerer(ben, ask(ana, "fast")));
            assertEquals("demo", answerer(ben, ask(ana, "translation")));
            String asked = ask(ana, "default");
            assertEquals("demo", answerer(ben, asked));
            String again = ana.answerTo(ana.tell("ai-regenerate", "answerId", asked, "role", "fast"))
                    .get("answerId")
                    .asText();
            assertEquals("quick", answerer(ben, again));
            String unknown = ana.tell("ai-query", "prompt", "Tea?", "role", "slow");
            assertEquals("no-such-model", ana.answerTo(unknown).path("code").asText());
            String both = ana.tell("ai-query", "prompt", "Tea?", "role", "fast", "model", "demo");
            assertEquals("bad-frame", ana.answerTo(both).path("code").asText());
        }
    }

    @Test
    void everybody_can_look_up_who_answers_in_which_role() {
        JsonNode about = House.json(
                house.send(house.request("api/about", house.person("Ana")).build()), 200);
        Schemas.check("http.json#/$defs/about", about);
        assertEquals(
                "{\"default\":\"demo\",\"fast\":\"quick\",\"translation\":\"demo\"}",
                about.get("roles").toString());
    }

    private static String ask(Client client, String role) {
        return client.answerTo(client.tell("ai-query", "prompt", tokens(2, 0), "role", role))
                .get("answerId")
                .asText();
    }

    /** The model that the room sees answering this. */
    private static String answerer(Client reader, String answer) {
        JsonNode start = reader.await(
                "the beginning of " + answer,
                frame -> Client.type("ai-start").test(frame)
                        && frame.get("answerId").asText().equals(answer));
        reader.wholeAnswer(answer);
        return start.get("model").asText();
    }
}
