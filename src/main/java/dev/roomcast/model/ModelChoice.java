package dev.roomcast.model;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.model.demo.DemoProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientBuilder;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;

/** Chooses the model that answers: the configured one, else the demo. */
@ApplicationScoped
class ModelChoice {

    private static final System.Logger LOG = System.getLogger(ModelChoice.class.getName());

    private Clients clients;
    private Upstreams upstreams;
    private LanguageModel model;

    /** For the container's proxy. */
    protected ModelChoice() {}

    /** @throws IllegalArgumentException if the configuration cannot be meant */
    @Inject
    ModelChoice(Config config, ProviderGate gate, Threads threads, DemoProvider demo) {
        ModelSettings settings = ModelSettings.read(key -> config.getOptionalValue(key, String.class));
        Provider provider = settings.url() == null
                ? new Provider(settings.name(), demo::base, demo.key(), settings.firstToken(), settings.stall())
                : new Provider(settings.name(), settings::url, settings.key(), settings.firstToken(), settings.stall());
        clients = new Clients(ClientBuilder::newBuilder, settings.longest());
        upstreams = new Upstreams(clients, threads.closing());
        threads.timer().scheduleWithFixedDelay(upstreams::tidy, 5, 5, TimeUnit.SECONDS);
        model = new OpenAiModel(provider, upstreams, gate, new StallWatch(threads.timer()));
        LOG.log(Level.INFO, "Answers come from {0}", settings.url() == null ? "the built-in demo model" : settings);
    }

    @Produces
    @ApplicationScoped
    LanguageModel model() {
        return model;
    }

    @PreDestroy
    void end() {
        upstreams.close();
        clients.close();
    }
}
