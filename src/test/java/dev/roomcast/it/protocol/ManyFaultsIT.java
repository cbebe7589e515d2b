package dev.roomcast.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roomcast.it.Deployed;
import dev.roomcast.it.ServerProcess;
import dev.roomcast.model.ScriptedProvider;
import dev.roomcast.model.ScriptedProvider.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two hundred answers at once on a deployed server, of which half fail, each in another way: every one ends as it should, and the server has
 * no thread, no connection and no memory of them left.
 */
@ExtendWith(Deployed.class)
class ManyFaultsIT extends Visit {

    private static final int ROOMS = 50;
    private static final int EACH = 4;
    private static final int ANSWERS = ROOMS * EACH;

    private static final String AN_ANSWER = "dev.roomcast.assistant.Answer.";

    /** What there is of an answer on its way, and gone with it. */
    private static final String[] OF_AN_ANSWER = {
        "dev.roomcast.assistant.Answer",
        "dev.roomcast.model.ProviderStream",
        "dev.roomcast.model.HttpCall",
        "dev.roomcast.model.ChatAnswer"
    };

    private final ScriptedProvider provider;

    ManyFaultsIT(Deployed.WithTokens server) {
        super(new House(server.address(), server.provider()), Transport.WEB_SOCKET);
        provider = server.model();
    }

    /** How an answer goes on once all have been asked for, and the code that it ends with; every second one is whole. */
    private enum Fate {
        REFUSED("model-refused", call -> call.reply(400, "", "{}")),
        UNAUTHORIZED("model-unauthorized", call -> call.reply(401, "", "{}")),
        NOT_FOUND("model-not-found", call -> call.reply(404, "", "{}")),
        BUSY("model-busy", call -> call.reply(429, "Retry-After: 3600\r\n", "{}")),
        PAGE("model-garbled", call -> call.reply(200, "Content-Type: text/html\r\n", "<html>")),
        CUT("model-cut", Call::cut),
        RESET("model-cut", Call::reset),
        SILENT("model-stalled", call -> call.awaitEnd(new CountDownLatch(1))),
        ERROR("model-error", call -> call.event("{\"error\":{\"message\":\"No.\"}}")),
        BROKEN("model-garbled", call -> call.event("{\"choices\":[{\"delta\":{\"con"));

        private final String code;
        private final ScriptedProvider.Script script;

        Fate(String code, ScriptedProvider.Script script) {
            this.code = code;
            this.script = script;
        }

        /** The two hundred have one each, in turn. */
        static Fate of(int number) {
            return number % 2 == 0 ? null : values()[number / 2 % values().length];
        }

        /** Half of the answer comes before. */
        boolean isLate() {
            return ordinal() >= CUT.ordinal();
        }
    }

    @Test
    void every_one_ends_and_nothing_of_it_is_left() throws Exception {
        ServerProcess server = ServerProcess.at(house.address());
        long before = server.instances(OF_AN_ANSWER);
        CountDownLatch all = new CountDownLatch(ANSWERS);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        provider.always(call -> {
            int number = Integer.parseInt(call.request().replaceAll("(?s).*number (\\d+).*", "$1"));
            all.countDown();
            goOn.await();
            Fate fate = Fate.of(number);
            if (fate == null) {
                whole(call);
                return;
            }
            if (fate.isLate()) {
                call.stream();
                call.token("half");
                seen.await(); // a reset may overtake what nobody has read yet
            }
            fate.script.play(call);
        });

        Map<Client, List<String>> asked = new LinkedHashMap<>();
        for (int i = 0; i < ROOMS; i++) {
            Client client = house.client(transport, house.person("Ana"));
            client.join(room + "-" + i);
            List<String> answers = new ArrayList<>();
            for (int j = 0; j < EACH; j++) {
                String prompt = "number " + (i * EACH + j);
                answers.add(client.answerTo(client.tell("ai-query", "prompt", prompt, "model", "scripted"))
                        .get("answerId")
                        .asText());
            }
            asked.put(client, answers);
        }
        assertTrue(all.await(2, TimeUnit.MINUTES), () -> all.getCount() + " were never asked for");
        assertTrue(server.threadsIn(AN_ANSWER) >= ANSWERS, "what is counted is there, as long as it is there");
        assertTrue(server.instances(OF_AN_ANSWER) >= before + (long) ANSWERS * OF_AN_ANSWER.length);
        goOn.countDown();
        awaitHalves(asked);
        seen.countDown();
        int number = 0;
        for (Map.Entry<Client, List<String>> each : asked.entrySet()) {
            for (String answer : each.getValue()) {
                assertEnd(each.getKey(), answer, Fate.of(number++));
            }
        }

        assertGoesDown("connections to the provider", provider::open, kept());
        assertGoesDown("threads in an answer", () -> server.threadsIn(AN_ANSWER), 0);
        assertGoesDown("objects of answers", () -> server.instances(OF_AN_ANSWER), before);
    }

    /**
     * Connections that are kept for further answers for longer than the test waits: on Payara calls go over the JDK's client, which has a time
     * of its own for those that ended well ({@code jdk.httpclient.keepalive.timeout}).
     */
    private static long kept() {
        return !"payara".equals(System.getProperty("arquillian.launch"))
                ? 0
                : IntStream.range(0, ANSWERS)
                        .mapToObj(Fate::of)
                        .filter(fate -> fate == null || !fate.isLate())
                        .count();
    }

    private static void awaitHalves(Map<Client, List<String>> asked) {
        int number = 0;
        for (Map.Entry<Client, List<String>> each : asked.entrySet()) {
            for (String answer : each.getValue()) {
                Fate fate = Fate.of(number++);
                if (fate != null && fate.isLate()) {
                    each.getKey()
                            .awaitScreen(
                                    "half of " + answer,
                                    shown -> shown.answers
                                            .getOrDefault(answer, "")
                                            .equals("half"));
                }
            }
        }
    }

    private static void assertEnd(Client client, String answer, Fate fate) {
        JsonNode end = client.await(
                "the end of " + answer + ", " + fate,
                frame -> Client.type("ai-end").test(frame)
                        && frame.get("answerId").asText().equals(answer));
        assertEquals(fate == null ? "complete" : "failed", end.get("status").asText(), end::toString);
        assertEquals(fate == null ? "" : fate.code, end.path("code").asText());
        boolean half = fate != null && fate.isLate();
        assertEquals(fate == null ? "All of it." : half ? "half" : "", client.text(answer));
    }

    /** Waits for it; what is kept for further answers goes by itself, within 15 s. */
    private static void assertGoesDown(String what, LongSupplier count, long most) throws InterruptedException {
        long deadline = System.nanoTime() + House.PATIENCE.toNanos();
        long now = count.getAsLong();
        while (now > most && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200); // between two looks
            now = count.getAsLong();
        }
        assertTrue(now <= most, now + " " + what + " are left, not " + most + " of " + Arrays.toString(OF_AN_ANSWER));
    }

    private static void whole(Call call) throws IOException {
        call.stream();
        call.token("All of it.");
        call.finish();
        call.done();
        call.end();
    }
}
