package dev.roomcast.it.protocol;

import dev.roomcast.it.Cable;
import dev.roomcast.it.IdentityProvider;
import dev.roomcast.it.RoomcastProcess;
import dev.roomcast.redis.RedisCluster;
import dev.roomcast.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Three servers and a Redis as processes of their own, which all tests of several nodes have in common, since a server takes ten seconds of
 * a processor to start. A test may stop, kill and cut off what it likes: the next one says which it needs, and those that are down
 * are started again. They come in the order of their classes: first the one that needs all three; each leaves those running that the next one needs.
 *
 * <p>Each does something else with the answers that others leave: the first ends them, the second continues, the third asks again. The
 * second gives those that it leaves itself time to end. One thread.
 */
final class SharedNodes implements CloseableResource {

    /** For each user and minute; enough for whoever does not try to be refused. */
    static final int QUESTIONS = 24;

    /** For each user and day; enough for all answers. */
    static final int TOKENS = 200_000;

    private static final List<String> TAKEOVER = List.of("interrupt", "continue", "ask-again");

    private final Path folder = Files.createTempDirectory("roomcast-nodes");
    private final List<RedisServer> redis = new ArrayList<>();
    /** The way of each node to Redis; none with a cluster, of which a node learns the addresses by itself. */
    private final List<Cable> cables = new ArrayList<>();

    private final List<RoomcastProcess> nodes = new ArrayList<>();
    private final EndlessModel model = new EndlessModel();
    private final String url;

    /** Nothing of it is started before it is asked for, but for Redis, which loses nothing when it is killed. */
    static SharedNodes onOneRedis() throws IOException {
        RedisServer one = RedisServer.start(RedisServer.KEEPS.toArray(String[]::new));
        SharedNodes shared = new SharedNodes(one.url());
        shared.redis.add(one);
        for (String takeover : TAKEOVER) {
            Cable cable = new Cable(one.port());
            shared.cables.add(cable);
            shared.add(takeover, "redis://127.0.0.1:" + cable.port());
        }
        return shared;
    }

    static SharedNodes onACluster() throws IOException {
        RedisCluster all = new RedisCluster(RedisServer.KEEPS.toArray(String[]::new));
        SharedNodes shared = new SharedNodes(all.url());
        shared.redis.addAll(all.masters());
        for (String takeover : TAKEOVER) {
            shared.add(takeover, all.url());
        }
        return shared;
    }

    private SharedNodes(String url) throws IOException {
        this.url = url;
    }

    private void add(String takeover, String redis) {
        Map<String, String> settings = new HashMap<>(IdentityProvider.environment());
        settings.put("ROOMCAST_IDENTITY", "oidc");
        settings.put("ROOMCAST_REDIS_URL", redis);
        settings.put("ROOMCAST_ROLES_MODERATOR", "mods");
        settings.put("ROOMCAST_ANSWERS_TAKEOVER", takeover);
        settings.put("ROOMCAST_MODELS", "demo,endless");
        settings.put("ROOMCAST_MODELS_DEMO_SHAPE", "demo");
        settings.put("ROOMCAST_MODELS_ENDLESS_URL", model.url());
        settings.put("ROOMCAST_MODEL_AFTER_CUT", "ask-again");
        settings.put("ROOMCAST_DRAIN_FILE", drain(nodes.size()).toString());
        settings.put("ROOMCAST_DRAIN_SPREAD", "PT1S");
        if (nodes.size() == 1) {
            settings.put("ROOMCAST_DRAIN_NOTICE", "PT2S"); // two looks of a load balancer
        } else {
            settings.put("ROOMCAST_DRAIN_ANSWERS", "PT2S");
        }
        settings.put("ROOMCAST_LIMIT_QUESTIONS_PER_MINUTE", Integer.toString(QUESTIONS));
        settings.put("ROOMCAST_LIMIT_TOKENS_PER_DAY", Integer.toString(TOKENS));
        for (String limit : List.of("MESSAGES_PER_SECOND", "NEW_ROOMS_PER_HOUR", "CONNECTIONS_PER_USER")) {
            settings.put("ROOMCAST_LIMIT_" + limit, "0");
        }
        nodes.add(new RoomcastProcess("node-" + nodes.size(), settings));
    }

    /** These, ready, and connected to Redis. Others may run, too. */
    List<RoomcastProcess> running(Integer... which) throws Exception {
        cables.forEach(Cable::mend);
        for (int i : which) {
            if (!nodes.get(i).isRunning()) {
                Files.deleteIfExists(drain(i));
                nodes.get(i).start();
            }
        }
        List<RoomcastProcess> wanted = Stream.of(which).map(nodes::get).toList();
        for (RoomcastProcess node : wanted) {
            node.awaitReady();
        }
        return wanted;
    }

    /** These, as {@link #running}; the others do not run. */
    List<RoomcastProcess> alone(Integer... which) throws Exception {
        for (int i = 0; i < nodes.size(); i++) {
            if (!List.of(which).contains(i)) {
                nodes.get(i).close();
            }
        }
        return running(which);
    }

    /** One, or the masters of the cluster. */
    List<RedisServer> redis() {
        return redis;
    }

    /** Where all of it is, by no cable. */
    String url() {
        return url;
    }

    List<Cable> cables() {
        return cables;
    }

    /** The model {@code endless} of all of them. */
    EndlessModel model() {
        return model;
    }

    /** The file at whose sight this one drains. */
    Path drain(int node) {
        return folder.resolve(node + ".drain");
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(RoomcastProcess::close);
        redis.forEach(RedisServer::close);
        for (Cable cable : cables) {
            cable.close();
        }
        model.close();
        for (int i = 0; i < nodes.size(); i++) {
            Files.deleteIfExists(drain(i));
        }
        Files.delete(folder);
    }

    /** Gives them to a test: on one Redis, the same to all, until the last test of all is over. */
    static final class OnOneRedis implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedNodes.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(SharedNodes.class))
                    .getOrComputeIfAbsent(SharedNodes.class, key -> start());
        }

        private static SharedNodes start() {
            try {
                return onOneRedis();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
