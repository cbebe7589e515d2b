package dev.roomcast.model;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.model.demo.DemoProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientBuilder;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Makes the models that the configuration names; without any, the one that the application brings as a bean, else the demo. */
@ApplicationScoped
class ModelChoice {

    private static final System.Logger LOG = System.getLogger(ModelChoice.class.getName());

    private static final int HANG_UPS = 16;

    private final List<Upstreams> upstreams = new ArrayList<>();
    private Clients clients;
    private Threads threads;
    private ExecutorService hangUp;
    private DemoProvider demo;
    private ChatModels beans;
    private Models models;

    /** For the container's proxy. */
    protected ModelChoice() {}

    /** @throws IllegalArgumentException if the configuration cannot be meant */
    @Inject
    ModelChoice(Config config, Gates gates, Threads threads, DemoProvider demo, ChatModels beans) {
        this.threads = threads;
        // Not where sockets of readers are closed, which blocks for seconds when they are stuck.
        this.hangUp = threads.growing("roomcast-hangup", HANG_UPS);
        this.demo = demo;
        this.beans = beans;
        ModelsSettings settings = ModelsSettings.read(
                key -> config.getOptionalValue(key, String.class), beans.isAny() ? Shape.LANGCHAIN4J : Shape.DEMO);
        clients = new Clients(ClientBuilder::newBuilder, settings.longest());
        StallWatch watch = new StallWatch(threads.timer());
        Map<String, ProviderModel> made = new LinkedHashMap<>();
        for (ModelSettings each : settings.models()) {
            ProviderGate gate = gates.of(made.size());
            made.put(
                    each.name(),
                    new ProviderModel(
                            each.name(),
                            each.windowForPrompts(),
                            each.patience(),
                            source(each),
                            gate,
                            each.mostAnswers(),
                            watch));
            LOG.log(Level.INFO, "Answers come from {0}", each);
        }
        models = Succession.of(settings, made);
    }

    private Source source(ModelSettings model) {
        if (model.shape() == Shape.LANGCHAIN4J) {
            return beans.named(model.name(), chat())
                    .orElseThrow(() -> model.settings()
                            .wrong(
                                    "shape",
                                    "must not ask for a LangChain4j model where no bean is one, or several are and none has @Named(\""
                                            + model.name() + "\")"));
        }
        if (model.shape() == Shape.DEMO) {
            return remote(model.model(), demo::base, demo.key(), new OpenAiDialect(Prefix.NONE));
        }
        Dialect dialect = model.shape() == Shape.ANTHROPIC
                ? new AnthropicDialect(model.maxTokens(), model.prefix())
                : new OpenAiDialect(model.prefix(), model.thinksFirst(), model.usageInStream(), model.keyHeader());
        return remote(model.model(), model::url, model.key(), dialect);
    }

    /** As many may be asked as answers may be under way. Each has threads of its own, so that one that holds them all holds no other up. */
    private Executor chat() {
        return threads.growing("roomcast-chat", threads.mostAnswers());
    }

    /** Each has upstreams of its own, as a connection that is kept leads to one provider. */
    private Source remote(String model, Supplier<URI> base, String key, Dialect dialect) {
        Upstreams own = new Upstreams(clients, hangUp);
        threads.timer().scheduleWithFixedDelay(own::tidy, 5, 5, TimeUnit.SECONDS);
        upstreams.add(own);
        return new HttpSource(new Provider(model, base, key, dialect), own);
    }

    @Produces
    @ApplicationScoped
    Models models() {
        return models;
    }

    @PreDestroy
    void end() {
        upstreams.forEach(Upstreams::close);
        clients.close();
    }
}
