package dev.roomcast.it.protocol;

import static dev.roomcast.it.protocol.Client.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Deployed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody in the room sends what no client should. They get an error, or are closed where RFC 6455 demands it; the others in
 * the room notice nothing.
 */
@ExtendWith(Deployed.class)
class HostileInputIT extends Visit {

    private static final int LIMIT = 128 * 1024;

    private RawSocket mallory;
    private Client bystander;

    HostileInputIT(URI server) {
        super(server, Transport.WEB_SOCKET);
    }

    @BeforeEach
    void come() throws IOException {
        bystander = come("Bystander");
        mallory = new RawSocket(house.address());
        assertEquals(101, mallory.upgrade(house.socket("?ticket=" + house.ticket(house.person("Mallory")))));
        mallory.text(command("j", "join", "roomId", room));
        mallory.awaitText("\"joined\"");
    }

    @AfterEach
    void the_bystander_gets_an_exact_answer() throws IOException {
        mallory.close();
        String answer = bystander.ask(tokens(20, 1));
        assertTrue(bystander.wholeAnswer(answer).trim().endsWith("t19"));
        assertEquals(1, bystander.snapshots());
    }

    @Test
    void what_is_not_one_json_object_is_bad_json() throws IOException {
        String deep = "[".repeat(100_000);
        for (String bad : List.of("", "null", "nonsense", "{", deep, "{\"type\":" + deep, "{\"a\":".repeat(20_000))) {
            mallory.text(bad);
            assertTrue(mallory.awaitText("\"error\"").contains("bad-json"), bad);
        }
        itLives();
    }

    @Test
    void a_binary_message_is_not_spoken_here() throws IOException {
        mallory.binary(new byte[] {0, 1, 2});
        assertTrue(mallory.awaitText("\"error\"").contains("binary-frame"));
        itLives();
    }

    @Test
    void a_room_with_control_characters_or_of_ten_thousand_letters_is_refused() throws IOException {
        for (String name : List.of("a\tb", "a\nb", "a\u0000b", "\u001b[31m", "x".repeat(10_000), "", ".", "..")) {
            mallory.text(command("r", "join", "roomId", name));
            assertTrue(mallory.awaitText("\"error\"").contains("bad-room"), name);
        }
        itLives();
    }

    @Test
    void a_command_before_join_is_refused() throws IOException {
        try (RawSocket early = new RawSocket(house.address())) {
            early.upgrade(house.socket("?ticket=" + house.ticket(house.person("Early"))));
            for (String type : List.of("message", "ai-query", "ai-stop", "typing")) {
                early.text(command("c", type, "content", "x", "prompt", "x", "answerId", "a1"));
                assertTrue(early.awaitText("\"error\"").contains("not-joined"), type);
            }
        }
    }

    @Test
    void a_prompt_over_the_limit_is_refused() throws IOException {
        mallory.text(command("p", "ai-query", "prompt", "x".repeat(16_001)));
        assertTrue(mallory.awaitText("\"error\"").contains("too-long"));
        itLives();
    }

    @Test
    void half_a_surrogate_pair_is_mended_and_not_passed_on() throws IOException {
        mallory.text("{\"type\":\"message\",\"content\":\"half \\ud83d of it\"}");
        bystander.awaitScreen("it mended", shown -> shown.messages.containsValue("half \ufffd of it"));
    }

    @Test
    void a_frame_over_the_limit_closes_with_1009() throws IOException {
        mallory.offer(0x80 | RawSocket.TEXT, bytes(command("m", "message", "content", "x".repeat(LIMIT))));
        assertEquals(1009, mallory.awaitClose());
    }

    @Test
    void a_message_in_fragments_over_the_limit_closes_with_1009() throws IOException {
        byte[] fragment = "x".repeat(16 * 1024).getBytes(StandardCharsets.UTF_8);
        assertEquals(1009, closeOnEndless(RawSocket.TEXT, fragment));
    }

    @Test
    void a_binary_message_in_fragments_over_the_limit_closes_with_1009() throws IOException {
        assertEquals(1009, closeOnEndless(RawSocket.BINARY, new byte[16 * 1024]));
    }

    @Test
    @DisabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "payara",
            disabledReason = "Payara Micro logs to its console alone.")
    void nothing_of_it_is_in_the_log_at_more_than_one_line_and_no_ticket_is() throws IOException {
        List<String> tickets = new ArrayList<>();
        long before = ServerLog.lines();
        List<Bad> bad = List.of(
                new Bad(RawSocket.TEXT, bytes("nonsense"), false),
                new Bad(RawSocket.TEXT, bytes("[".repeat(100_000)), false),
                new Bad(RawSocket.TEXT, bytes(command("m", "message", "content", "x".repeat(LIMIT))), true),
                new Bad(RawSocket.TEXT, new byte[] {(byte) 0xff}, true),
                new Bad(0x3, new byte[0], true));
        for (Bad each : bad) {
            String ticket = house.ticket(house.person("Mallory"));
            tickets.add(ticket);
            try (RawSocket socket = new RawSocket(house.address())) {
                assertEquals(101, socket.upgrade(house.socket("?ticket=" + ticket)));
                socket.offer(0x80 | each.opcode, each.payload);
                if (each.closes) {
                    socket.awaitClose();
                } else {
                    socket.awaitText("\"error\"");
                }
            }
        }
        long lines = ServerLog.lines() - before;
        assertTrue(lines <= bad.size(), lines + " lines");
        String log = ServerLog.everything();
        tickets.forEach(ticket -> assertFalse(log.contains(ticket), "a ticket is in a log"));
    }

    private record Bad(int opcode, byte[] payload, boolean closes) {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The code with which a message is closed that goes on and on. */
    private int closeOnEndless(int opcode, byte[] fragment) throws IOException {
        mallory.frame(opcode, true, fragment);
        for (int i = 0; i < 40; i++) {
            mallory.offer(RawSocket.CONTINUATION, fragment);
        }
        return mallory.awaitClose();
    }

    @Test
    void a_message_in_fragments_with_a_ping_in_between_is_a_message() throws IOException {
        byte[] whole = command("f", "message", "content", "Tea? 👋").getBytes(StandardCharsets.UTF_8);
        int half = whole.length - 6; // before the emoji, as Open Liberty wants no character in two fragments (ADR 6)
        mallory.frame(RawSocket.TEXT, true, java.util.Arrays.copyOf(whole, half));
        mallory.frame(0x80 | RawSocket.PING, true, new byte[0]);
        mallory.frame(0x80 | RawSocket.CONTINUATION, true, java.util.Arrays.copyOfRange(whole, half, whole.length));
        bystander.awaitScreen("it", shown -> shown.messages.containsValue("Tea? 👋"));
    }

    @Test
    void invalid_utf8_closes_with_1007() throws IOException {
        mallory.frame(0x80 | RawSocket.TEXT, true, new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', '}'});
        assertEquals(1007, mallory.awaitClose());
    }

    @Test
    void what_is_no_websocket_frame_closes_with_1002() throws IOException {
        mallory.frame(0x80 | 0x70 | 0x3, true, new byte[] {1, 2, 3}); // reserved bits, reserved opcode
        assertEquals(1002, mallory.awaitClose());
    }

    @Test
    @DisabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "payara",
            disabledReason = "Payara takes frames without a mask, and does not tell the application.")
    void a_frame_without_mask_closes_with_1002() throws IOException {
        mallory.frame(0x80 | RawSocket.TEXT, false, "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(1002, mallory.awaitClose());
    }

    @Test
    void who_hangs_up_in_the_middle_of_a_frame_is_just_gone() throws IOException {
        mallory.send(new byte[] {(byte) 0x81, (byte) 0xfe, 0x10, 0x00, 1, 2, 3, 4, 'x'});
        mallory.close();
        bystander.awaitScreen("her leaving", shown -> shown.count == 1);
    }

    private void itLives() throws IOException {
        mallory.text(command("alive", "ping"));
        mallory.awaitText("\"pong\"");
    }
}
