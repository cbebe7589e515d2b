package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.connection.Schemas;
import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is let in, and who is turned away before there is a socket. */
@ExtendWith(Deployed.class)
class DoorIT extends Visit {

    DoorIT(URI server) {
        super(server, Transport.WEB_SOCKET);
    }

    @Test
    void a_ticket_opens_one_connection_once() throws IOException {
        String ticket = house.ticket(house.person("Ana"));
        assertEquals(101, upgrade("?ticket=" + ticket));
        assertEquals(401, upgrade("?ticket=" + ticket));
    }

    @Test
    void a_ticket_opens_one_command_once() {
        String ticket = house.ticket(house.person("Ana"));
        String path = "api/rooms/" + room + "/commands?ticket=" + ticket;
        String message = Client.command("m", "message", "content", "By ticket");
        assertEquals(202, house.post(path, null, message).statusCode());
        assertEquals(401, house.post(path, null, message).statusCode());
    }

    @Test
    void a_ticket_that_is_none_is_not_worth_a_guest() throws IOException {
        for (String ticket : List.of("x", "%00", "x".repeat(5_000))) {
            assertEquals(401, upgrade("?ticket=" + ticket), ticket);
        }
    }

    @Test
    void a_bearer_token_opens_the_socket_and_a_false_one_does_not() throws IOException {
        String token = house.person("Ana").token();
        assertEquals(101, upgrade("", "Authorization: Bearer " + token));
        for (String wrong : List.of(token + "x", "x.y.z", "", "x".repeat(7_000), unsigned(token))) {
            assertEquals(401, upgrade("", "Authorization: Bearer " + wrong), wrong);
        }
    }

    /** The same claims with "alg":"none". */
    private static String unsigned(String token) {
        return "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".";
    }

    @Test
    void a_page_of_another_site_does_not_get_a_socket() throws IOException {
        String own = "http://" + house.address().getAuthority();
        assertEquals(101, upgrade("", "Origin: " + own));
        for (String origin :
                List.of("http://evil.example", "null", "http://", "%%%", own + ".evil.example", own + "0")) {
            assertEquals(403, upgrade("", "Origin: " + origin), origin);
        }
    }

    @Test
    void the_development_identity_serves_this_machine_only() throws IOException {
        assertEquals(101, upgrade(""));
        for (String header : List.of(
                "X-Forwarded-For: 10.0.0.1",
                "X-Forwarded-Host: rooms.example.com",
                "X-Forwarded-Proto: https",
                "Forwarded: for=10.0.0.1",
                "X-Real-IP: 10.0.0.1",
                "CF-Connecting-IP: 10.0.0.1",
                "Via: 1.1 a")) {
            assertEquals(401, upgrade("", header), header);
        }
        try (RawSocket raw = new RawSocket(house.address())) {
            assertEquals(401, raw.upgrade(URI.create("ws://rebound.example" + path())));
        }
        try (RawSocket raw = new RawSocket(house.address())) {
            String proxied = "POST " + house.address().getPath() + "api/dev/token HTTP/1.0\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"name\":\"Ana\"}";
            assertEquals(403, raw.request(proxied), "nginx asks like this, and says no word of being one");
        }
    }

    @Test
    void an_upgrade_that_is_none_does_not_get_a_socket() throws IOException {
        String head = "GET " + path() + " HTTP/1.1\r\nHost: " + house.address().getAuthority() + "\r\n";
        String upgrade = head + "Upgrade: websocket\r\nConnection: Upgrade\r\n";
        for (String request : List.of(
                head + "\r\n",
                upgrade + "\r\n",
                upgrade + "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                upgrade + "Sec-WebSocket-Version: 13\r\n\r\n",
                upgrade + "X: " + "x".repeat(200_000) + "\r\n\r\n",
                "\u0001\u0002\u0003 nonsense\r\n\r\n")) {
            try (RawSocket raw = new RawSocket(house.address())) {
                assertNotEquals(101, raw.request(request), request);
            }
        }
    }

    /** Servers differ in what they take for one and the same path: a filter and the endpoint behind it must not. */
    @Test
    void no_other_spelling_of_its_path_leads_around_the_door() throws IOException {
        String context = path().substring(0, path().length() - "ws".length());
        List<String> opened = new ArrayList<>();
        for (String spelling : List.of(
                "ws",
                "ws/",
                "ws//",
                "ws/.",
                "ws/./",
                "ws;",
                "ws;x=1",
                "ws/;x",
                "ws;/",
                "/ws",
                "//ws/",
                "./ws",
                "x/../ws",
                "x/../ws/",
                "x/%2e%2e/ws/",
                ";/ws",
                "%77s",
                "%77s/",
                "ws%2F",
                "ws%20",
                "ws%00",
                "ws%3B",
                "WS",
                "WS/",
                "ws/x",
                "ws?",
                "ws/?",
                "ws#",
                "ws\\")) {
            for (String method : List.of("GET", "get", "POST")) {
                String request = method + " " + context + spelling + " HTTP/1.1\r\nHost: "
                        + house.address().getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Authorization: Bearer nonsense\r\n\r\n";
                try (RawSocket raw = new RawSocket(house.address())) {
                    if (raw.request(request) == 101) {
                        opened.add(method + " " + spelling);
                    }
                }
            }
        }
        assertEquals(List.of(), opened);
    }

    @Test
    void over_http_nobody_comes_in_without_a_token() {
        List<HttpResponse<String>> refused = List.of(
                house.post("api/tickets", null, ""),
                house.post("api/rooms/" + room + "/commands", null, "{\"type\":\"ping\"}"),
                house.send(house.request("api/rooms/" + room + "/events", null)
                        .header("Accept", "application/json")
                        .build()),
                house.send(house.request("api/rooms/" + room + "/events", null)
                        .header("Accept", "text/event-stream")
                        .build()));
        for (HttpResponse<String> response : refused) {
            assertEquals("unauthorized", error(response, 401));
            assertEquals(
                    "Bearer", response.headers().firstValue("WWW-Authenticate").orElse(""));
        }
    }

    @Test
    void a_name_that_nobody_can_read_is_refused() {
        for (String name : List.of("", " ", "\\u0000", "\\u202e", "...", "\\ud83d", "x".repeat(61))) {
            assertEquals(
                    "bad-name", error(house.post("api/dev/token", null, "{\"name\":\"" + name + "\"}"), 400), name);
        }
        assertEquals("bad-frame", error(house.post("api/dev/token", null, "{}"), 400));
        assertEquals("bad-json", error(house.post("api/dev/token", null, "nonsense"), 400));
        assertEquals("too-long", error(house.post("api/dev/token", null, "x".repeat(200_000)), 413));
    }

    @Test
    void a_page_of_another_site_does_not_get_a_token() {
        HttpResponse<String> refused = house.send(house.request("api/dev/token", null)
                .header("Content-Type", "application/json")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"name\":\"Ana\"}"))
                .build());
        assertEquals("not-allowed", error(refused, 403));
    }

    @Test
    void what_this_server_is_may_be_known_by_all() {
        JsonNode about = House.json(house.send(house.request("api/about", null).build()), 200);
        Schemas.check("http.json#/$defs/about", about);
        assertEquals("development", about.get("identity").asText());
    }

    @Test
    void secrets_are_not_kept_on_the_way() {
        HttpResponse<String> ticket = house.post("api/tickets", house.person("Ana"), "");
        assertTrue(ticket.headers().firstValue("Cache-Control").orElse("").contains("no-store"));
        assertFalse(ticket.headers().map().containsKey("Set-Cookie"));
    }

    private static String error(HttpResponse<String> response, int status) {
        JsonNode error = House.json(response, status);
        Schemas.checkFrame(error);
        return error.get("code").asText();
    }

    private int upgrade(String query, String... headers) throws IOException {
        try (RawSocket raw = new RawSocket(house.address())) {
            return raw.upgrade(house.socket(query), headers);
        }
    }

    private String path() {
        return house.socket("").getPath();
    }
}
