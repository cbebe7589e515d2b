package dev.roomcast.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real master, its replica, and a real Sentinel that watches them, on this machine. */
public final class RedisSentinel implements AutoCloseable {

    /** Milliseconds without an answer after which a server is down. */
    private static final int PATIENCE = 500;

    private final RedisServer master;
    private final RedisServer replica;
    private final RedisServer sentinel;
    private boolean severed;

    /** Skips the test where there is no Redis: that is a Sentinel, too. */
    public RedisSentinel() throws IOException {
        List<String> settings = new ArrayList<>(RedisServer.KEEPS);
        settings.addAll(List.of("--repl-diskless-sync-delay", "0")); // no other replica is to be waited for
        master = RedisServer.start(settings.toArray(String[]::new));
        replica = RedisServer.start(
                "--appendonly", "yes", "--appendfsync", "no", "--replicaof", "127.0.0.1 " + master.port());
        await("a replica that has all", () -> replica.say("INFO replication").contains("master_link_status:up"));
        // It writes a file anew after its first copy; killed before, it has nothing.
        await("a replica that keeps it", () -> keeps(replica));
        // Last, since it asks a master for its replicas when it begins, and then ten seconds later.
        Path file = Files.createTempFile("roomcast-sentinel", ".conf"); // which it writes on, and so wants to have
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "sentinel monitor rooms 127.0.0.1 " + master.port() + " 1",
                        "sentinel down-after-milliseconds rooms " + PATIENCE,
                        "sentinel failover-timeout rooms 2000",
                        ""));
        sentinel = RedisServer.sentinel(file);
        await(
                "a Sentinel that knows it",
                () -> sentinel.say("SENTINEL replicas rooms").contains(Integer.toString(replica.port())));
    }

    public String url() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "/#rooms";
    }

    /** Everything that was acknowledged is on the replica now, too. */
    public void awaitReplica() {
        await(
                "a replica that has all",
                () -> offset(master, "master_repl_offset").equals(offset(replica, "slave_repl_offset")));
    }

    /** From now on the replica hears nothing of its master, whatever that is told. */
    public void severReplica() {
        replica.pause();
        severed = true;
    }

    /** The master dies for good; returns when there is another. */
    public void failOver() {
        if (severed) {
            // Else it looks for another one before that is back, and then much later again.
            patience(60_000);
        }
        master.kill();
        if (severed) {
            replica.kill(); // what was on its way to it, too, is lost
            replica.again();
            await("a Sentinel that sees it", this::seesReplica);
            patience(PATIENCE);
        }
        await("another master", this::isReplicaMaster);
    }

    /** The master says nothing any more, on connections that stay open; returns when there is another. */
    public void failOverInSilence() {
        master.pause();
        await("another master", this::isReplicaMaster);
    }

    /** Sentinel ends all connections of the one that it makes the master, also that by which we ask. */
    private boolean isReplicaMaster() {
        try {
            return replica.say("INFO replication").contains("role:master");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private boolean seesReplica() {
        String known = sentinel.say("SENTINEL replicas rooms");
        return known.contains("flags") && !known.contains("s_down") && !known.contains("disconnected");
    }

    private void patience(int millis) {
        sentinel.say("SENTINEL SET rooms down-after-milliseconds " + millis);
    }

    private static boolean keeps(RedisServer server) {
        String files = server.say("INFO persistence");
        return files.contains("aof_enabled:1")
                && files.contains("aof_rewrite_in_progress:0")
                && files.contains("aof_rewrite_scheduled:0");
    }

    private static String offset(RedisServer server, String name) {
        return server.say("INFO replication").replaceAll("(?s).*" + name + ":(\\d+).*", "$1");
    }

    private static void await(String what, BooleanSupplier wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
