package dev.roomcast.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.model.ScriptedProvider.Script;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Answers of providers on real sockets. Without fault tolerance, which needs a container: each fault is seen once. */
@Timeout(60)
abstract class ProviderTest {

    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(600);
    static final Prompt TEA =
            new Prompt(List.of(new Turn(Role.SYSTEM, "Be kind"), new Turn(Role.USER, "Ana: \"Tea?\" 😀")));

    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(3);
    final List<ScriptedProvider> providers = new ArrayList<>();
    final StallWatch watch = new StallWatch(timer);
    private final List<ModelStream> opened = new CopyOnWriteArrayList<>();
    private final Map<URI, Upstreams> upstreams = new HashMap<>(); // one for each provider
    private Clients clients;

    /** The JAX-RS client. */
    abstract ClientBuilder newBuilder();

    @BeforeEach
    void build() {
        clients = new Clients(this::newBuilder, LONG);
    }

    /** What is kept for further answers is let go. */
    void letGo() {
        upstreams.values().forEach(Upstreams::close);
    }

    @AfterEach
    void close() throws Exception {
        opened.forEach(ModelStream::close);
        letGo();
        timer.shutdown(); // what is to be cut is cut
        assertTrue(timer.awaitTermination(20, TimeUnit.SECONDS));
        clients.close();
        for (ScriptedProvider provider : providers) {
            provider.close();
        }
    }

    ScriptedProvider provider(Script... scripts) throws IOException {
        ScriptedProvider provider = new ScriptedProvider(scripts);
        providers.add(provider);
        return provider;
    }

    ProviderModel model(String name, URI url, String key, Dialect dialect, Patience patience) {
        return model(name, url, key, dialect, patience, new ProviderGate(), 1_000);
    }

    ProviderModel model(
            String name, URI url, String key, Dialect dialect, Patience patience, ProviderGate gate, int most) {
        Upstreams own = upstreams.computeIfAbsent(url, any -> new Upstreams(clients, timer));
        Source source = new HttpSource(new Provider("m-1", () -> url, key, dialect), own);
        return new ProviderModel(name, 0, patience, source, gate, most, watch);
    }

    ModelStream open(LanguageModel model) {
        return opened(model.open(TEA));
    }

    ModelStream opened(ModelStream answer) {
        opened.add(answer);
        return answer;
    }

    static String readAll(ModelStream answer) throws ModelFailed {
        StringBuilder text = new StringBuilder();
        for (String piece = answer.next(); piece != null; piece = answer.next()) {
            text.append(piece);
        }
        return text.toString();
    }

    static ModelFailed failure(ModelStream answer) {
        return assertThrows(ModelFailed.class, answer::next);
    }
}
