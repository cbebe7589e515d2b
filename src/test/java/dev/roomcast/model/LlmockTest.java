package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.it.Needs;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A fake of the providers that nobody here wrote: it speaks OpenAI's and Anthropic's shapes, and fails as they do. */
class LlmockTest extends ProviderTest {

    private static final Path FIXTURES = Path.of("src/test/resources/dev/roomcast/model/llmock.json");

    private static Process llmock;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
        Path program = Needs.nodeModule("@copilotkit/aimock/dist/cli.js");
        port = freePort();
        llmock = new ProcessBuilder(
                        "node",
                        program.toAbsolutePath().toString(),
                        "-p",
                        String.valueOf(port),
                        "-h",
                        "127.0.0.1",
                        "--log-level",
                        "silent",
                        "-f",
                        FIXTURES.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!listens()) {
            assertTrue(llmock.isAlive(), "llmock ended with " + (llmock.isAlive() ? 0 : llmock.exitValue()));
            assertTrue(System.nanoTime() < deadline, "llmock does not listen");
            TimeUnit.MILLISECONDS.sleep(50); // between two looks
        }
    }

    @AfterAll
    static void stop() {
        if (llmock != null) {
            llmock.destroyForcibly();
        }
    }

    @Override
    ClientBuilder newBuilder() {
        return new ResteasyClientBuilderImpl();
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_is_read_to_its_end_without_the_thoughts(Speech speech) throws Exception {
        ModelStream answer = ask(speech, "answer");
        assertEquals("Tea is ready, 漢字 and 😀 too. It is hot.", readAll(answer));
        assertEquals("stop", answer.ending().finish());
        boolean counts = speech == Speech.OPENAI; // else it tells that there were none, which nobody believes
        assertEquals(counts, answer.ending().usage() != null, "it counts tokens");
    }

    @ParameterizedTest
    @EnumSource
    void a_slow_answer_comes_piece_by_piece(Speech speech) throws Exception {
        ModelStream answer = ask(speech, "slow");
        String first = answer.next();
        assertTrue("slow and steady".startsWith(first) && first.length() < 15, first);
        assertEquals("slow and steady", first + readAll(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "busy, model-busy",
        "broken, model-error",
        "gone, model-unreachable",
        "malformed, model-garbled",
        "tool, model-empty"
    })
    void a_fault_is_told_by_its_code(String question, String code) throws Exception {
        for (Speech speech : Speech.values()) {
            ModelFailed failed = failure(ask(speech, question));
            assertEquals(code, failed.code(), speech.name());
            assertFalse(failed.getMessage().contains("SECRET"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_came_of_a_torn_answer_is_kept(Speech speech) throws Exception {
        ModelStream answer = ask(speech, "torn");
        StringBuilder text = new StringBuilder();
        ModelFailed failed = assertThrows(ModelFailed.class, () -> {
            while (true) {
                text.append(answer.next());
            }
        });
        assertEquals("model-cut", failed.code());
        assertTrue("This will never come to its end.".startsWith(text.toString()) && text.length() > 0, text::toString);
    }

    private ModelStream ask(Speech speech, String question) {
        ProviderModel model = model(
                "m",
                URI.create("http://127.0.0.1:" + port + "/v1"),
                "mock",
                speech.dialect(),
                new Patience(LONG, LONG));
        return opened(model.open(new Prompt(List.of(new Turn(Role.USER, question)))));
    }

    private static boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
