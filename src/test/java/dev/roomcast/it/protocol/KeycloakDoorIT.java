package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.Keycloak;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doors, and tokens as a real Keycloak gives them. */
@Tag("keycloak")
@ExtendWith({Deployed.class, Keycloak.class})
class KeycloakDoorIT extends Visit {

    private final Keycloak.Realm realm;

    KeycloakDoorIT(Keycloak.Realm realm) {
        super(realm.address(), Transport.WEB_SOCKET);
        this.realm = realm;
    }

    @Test
    void its_tokens_open_every_door_and_say_who_somebody_is() throws IOException {
        Person ana = person("ana");
        assertEquals(101, upgrade("Authorization: Bearer " + ana.token()));
        for (Transport door : Transport.ALL) {
            Client client = house.client(door, ana);
            JsonNode you = client.join(room).get("you");
            assertEquals("ana", you.get("userId").asText());
            assertEquals("Ana Lee", you.get("name").asText());
            client.say("Hello");
        }
        JsonNode me = House.json(house.send(house.request("api/me", ana).build()), 200);
        assertEquals("[\"staff\"]", me.get("groups").toString());
    }

    @Test
    void what_is_not_for_this_service_or_tampered_with_opens_none() throws IOException {
        String good = realm.token("ana");
        int payload = good.indexOf('.') + 1;
        for (String token : new String[] {
            realm.tokenForAnotherService("ana"),
            good.substring(0, payload) + "A" + good.substring(payload + 1),
            good.substring(0, good.lastIndexOf('.') + 1)
        }) {
            assertEquals(401, upgrade("Authorization: Bearer " + token));
            Person nobody = new Person("ana", "Ana", token);
            assertEquals(401, house.post("api/tickets", nobody, "").statusCode());
        }
    }

    @Test
    void groups_give_roles() {
        assertEquals("reader", role("rita", room));
        assertEquals("member", role("ana", room));
        assertEquals("moderator", role("mo", room));
        assertEquals("member", role("ana", "~board"));
        assertEquals("", role("rita", "~board"));
    }

    @Test
    void a_new_key_is_taken_without_a_restart_and_the_old_one_goes_on_being_good() {
        String before = realm.token("ana");
        assertEquals(200, me(before));
        Client watcher = house.client(transport, person("mo"));
        watcher.join(room); // by the old key: for some seconds the new one is nobody's
        realm.changeKey();
        String after = realm.token("ana");
        assertNotEquals(header(before), header(after), "it was signed with the same key");
        int[] status = {0};
        // Keys are not asked for more often than once in five seconds.
        watcher.doUntil(() -> status[0] = me(after), "the new key", shown -> status[0] == 200);
        assertEquals(200, me(before));
    }

    @Test
    void a_key_that_is_withdrawn_opens_no_door_any_more_once_the_keys_were_read_again() throws IOException {
        String before = realm.token("ana");
        assertEquals(200, me(before));
        Client ana = house.client(transport, new Person("ana", "Ana", before));
        ana.join(room);
        realm.changeKey();
        realm.withdrawKeyOf(before);
        String after = realm.token("ana");
        int[] status = {0};
        // Whoever comes with a new key has them read again; without anybody, the server does by itself.
        ana.doUntil(() -> status[0] = me(after), "the new key", shown -> status[0] == 200);
        doors(before).forEach((door, answered) -> assertEquals(401, answered, door));
        String refresh = ana.tell("refresh", "token", before);
        assertEquals("unauthorized", ana.answerTo(refresh).path("code").asText());
        assertEquals(
                "reply",
                ana.answerTo(ana.tell("refresh", "token", after)).path("type").asText());
    }

    /** The status with which each door answers to this token. */
    private Map<String, Integer> doors(String token) throws IOException {
        Person person = new Person("ana", "Ana", token);
        String events = "api/rooms/" + room + "/events?wait=0";
        return Map.of(
                "the upgrade by header",
                upgrade("Authorization: Bearer " + token),
                "tickets",
                house.post("api/tickets", person, "").statusCode(),
                "the event stream",
                house.send(house.request(events, person)
                                .header("Accept", "text/event-stream")
                                .build())
                        .statusCode(),
                "the long-poll",
                house.send(house.request(events, person)
                                .header("Accept", "application/json")
                                .build())
                        .statusCode(),
                "commands",
                house.post("api/rooms/" + room + "/commands", person, Client.command("c", "ping"))
                        .statusCode(),
                "the rest",
                me(token));
    }

    private int me(String token) {
        return house.send(
                        house.request("api/me", new Person("ana", "Ana", token)).build())
                .statusCode();
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private String role(String user, String where) {
        return house.client(transport, person(user)).join(where).at("/you/role").asText();
    }

    private Person person(String user) {
        return new Person(user, user, realm.token(user));
    }

    private int upgrade(String header) throws IOException {
        try (RawSocket raw = new RawSocket(house.address())) {
            return raw.upgrade(house.socket(""), header);
        }
    }
}
