package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server writes down: who did what, and nothing of what was said or shown at the door. */
@ExtendWith(Deployed.class)
@DisabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "payara",
        disabledReason = "Payara Micro logs to its console alone.")
class AuditIT extends Visit {

    private static final Pattern EVENT = Pattern.compile("\\{\"event\":\"(\\w+)\".*}");

    AuditIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
    }

    @Test
    void the_log_tells_who_did_what_and_nothing_that_was_said_or_shown() throws IOException {
        Person ana = house.person("Ana");
        Person ben = house.person("Ben");
        Person eve = house.person("Eve");
        String secret = "secret-" + House.unique();
        String name = House.json(house.post("api/rooms", ana, "{\"title\":\"" + secret + "\"}"), 200)
                .get("roomId")
                .asText();
        send("PUT", path(name, "/people/" + ben.userId()), ana, "{\"role\":\"member\"}");
        Client his = house.client(transport, ben);
        his.join(name);
        his.say(secret);
        String answer = his.ask(secret + endless());
        his.answerTo(his.tell("ai-stop", "answerId", answer));
        String no = his.tell("remove", "answerId", answer);
        assertEquals("not-allowed", his.answerTo(no).get("code").asText());
        assertEquals(
                "not-allowed",
                house.client(transport, eve).join(name).get("code").asText());
        String ticket = house.ticket(ana);
        String shown = secret + "-token";
        try (RawSocket raw = new RawSocket(house.address());
                RawSocket used = new RawSocket(house.address())) {
            assertEquals(401, raw.upgrade(house.socket("?ticket=" + shown)));
            assertEquals(101, used.upgrade(house.socket("?ticket=" + ticket)));
        }
        String refresh = his.tell("refresh", "token", shown);
        assertEquals("unauthorized", his.answerTo(refresh).get("code").asText());
        send("DELETE", path(name, "/people/" + ben.userId()), ana, "");
        his.awaitEnd();
        send("DELETE", path(name, ""), ana, "");

        List<String> wanted = List.of(
                "created " + ana.userId(),
                "admitted " + ana.userId(),
                "came " + ben.userId(),
                "asked " + ben.userId(),
                "stopped " + ben.userId(),
                "refused " + ben.userId(),
                "refused " + eve.userId(),
                "dismissed " + ana.userId(),
                "left " + ben.userId(),
                "closed " + ana.userId());
        Client watcher = come("Watcher");
        watcher.doUntil(() -> {}, "the log", seen -> events(name).containsAll(wanted));
        String log = ServerLog.everything();
        assertTrue(log.contains("\"what\":\"refresh\""), "a refused new token is not told");
        for (String unsaid : List.of(secret, shown, ticket, ana.token(), ben.token())) {
            assertTrue(!log.contains(unsaid), "the log has " + unsaid);
        }
    }

    /** Else the ways that are made for it ({@code LibertyWriter}) are not taken, and nothing but speed would tell. */
    @Test
    void the_server_below_is_known() {
        come("Ana").say("Hello");

        assertFalse(ServerLog.everything().contains("This server is not known"));
    }

    /** Each as the event and its user. */
    private static List<String> events(String room) {
        List<String> events = new ArrayList<>();
        EVENT.matcher(ServerLog.everything())
                .results()
                .map(MatchResult::group)
                .map(House::json)
                .forEach(event -> {
                    if (event.path("room").asText().equals(room)) {
                        events.add(event.get("event").asText() + " "
                                + event.path("user").asText());
                    }
                });
        return events;
    }

    private void send(String method, String path, Person person, String body) {
        HttpResponse<String> response = house.send(house.request(path, person)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
        assertEquals(204, response.statusCode(), response::body);
    }

    private static String path(String name, String more) {
        return "api/rooms/" + House.encoded(name) + more;
    }
}
