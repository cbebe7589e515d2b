package dev.roomcast.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real Redis Cluster of three masters on this machine, to whose first a replica may be given. One thread. */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<String> settings =
            new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
    private RedisServer replica;

    /** Skips the test where there is no Redis. */
    public RedisCluster(String... settings) {
        this.settings.addAll(RedisServer.user());
        this.settings.addAll(List.of(settings));
        for (int i = 0; i < MASTERS; i++) {
            servers.add(server());
        }
        for (int i = 0; i < MASTERS; i++) {
            int from = SLOTS * i / MASTERS;
            servers.get(i)
                    .say("CLUSTER ADDSLOTS "
                            + IntStream.range(from, SLOTS * (i + 1) / MASTERS)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(" ")));
            servers.get(i).say("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        servers.subList(1, MASTERS).forEach(other -> servers.get(0).say("CLUSTER MEET 127.0.0.1 " + other.port()));
        servers.forEach(server -> awaitAgreement(server, MASTERS));
    }

    private RedisServer server() {
        return RedisServer.start(settings.toArray(String[]::new));
    }

    /** From now on the first master has a replica, which has all that it has. */
    public void replicateFirst() {
        replica = server();
        RedisServer first = servers.get(0);
        first.say("CLUSTER MEET 127.0.0.1 " + replica.port());
        awaitAgreement(replica, MASTERS + 1);
        // Of those that it has met it can follow only whom it knows already.
        String id = value(first.say("CLUSTER MYID"));
        await("a replica", replica, "OK", "CLUSTER REPLICATE " + id);
        await("a replica that has all", replica, "master_link_status:up", "INFO replication");
        servers.forEach(server -> await("all to know it", server, "slave " + id, "CLUSTER NODES"));
    }

    /** Everything that was acknowledged is on the replica now, too. */
    public void awaitReplica() {
        String all = offset(servers.get(0), "master_repl_offset");
        await("a replica that has all", replica, "slave_repl_offset:" + all, "INFO replication");
    }

    /** The first master dies for good; returns when its replica is one. */
    public void failOver() {
        servers.get(0).kill();
        await("another master", replica, "role:master", "INFO replication");
    }

    /** The one that died comes again, as the replica of the one that was its own. */
    public void comeAgain() {
        servers.get(0).again();
        await("it to follow", servers.get(0), "master_link_status:up", "INFO replication");
    }

    /** A name like this of which the first master has the keys. */
    public String onFirst(String name) {
        for (int i = 0; ; i++) {
            String slot = value(servers.get(0).say("CLUSTER KEYSLOT {" + name + i + "}"));
            if (Integer.parseInt(slot) < SLOTS / MASTERS) {
                return name + i;
            }
        }
    }

    /** Its masters, each of which may die and come again. */
    public List<RedisServer> masters() {
        return List.copyOf(servers);
    }

    public String url() {
        return servers.stream()
                .map(RedisServer::url)
                .map(url -> url.substring(url.indexOf('@') + 1))
                .collect(Collectors.joining(",", servers.get(0).url().replaceAll("://(.*@).*", "-cluster://$1"), ""));
    }

    private static void awaitAgreement(RedisServer server, int members) {
        await("all to know each other", server, "cluster_known_nodes:" + members, "CLUSTER INFO");
        await("the cluster to serve", server, "cluster_state:ok", "CLUSTER INFO");
    }

    private static void await(String what, RedisServer server, String wanted, String command) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String answer = server.say(command);
        while (!answer.contains(wanted)) {
            assertTrue(System.nanoTime() - deadline < 0, "waited in vain for " + what + ": " + answer);
            LockSupport.parkNanos(10_000_000);
            answer = server.say(command);
        }
    }

    /** Without what the protocol has around it. */
    private static String value(String answer) {
        return answer.replaceAll("(?s)^(\\$\\d+\r\n|:)", "").strip();
    }

    private static String offset(RedisServer server, String name) {
        return server.say("INFO replication").replaceAll("(?s).*" + name + ":(\\d+).*", "$1");
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        if (replica != null) {
            replica.close();
        }
    }
}
