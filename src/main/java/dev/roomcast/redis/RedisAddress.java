package dev.roomcast.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is, as {@code roomcast.redis.url} says it. Immutable.
 *
 * <p>{@code redis[s]://[user:password@]host[:port][/database]} is one server, {@code redis[s]-sentinel://[user:password@]host:port,host:port/#name} a
 * master that Sentinels watch, {@code redis[s]-cluster://[user:password@]host:port,host:port} a Redis Cluster.
 *
 * @param servers one, or several of a cluster to learn the others from
 */
record RedisAddress(List<RedisURI> servers, boolean cluster) {

    /** A connection that takes longer to be opened has failed. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private static final Pattern CLUSTER = Pattern.compile("(rediss?)-cluster://([^@/]*@)?([^@/?#]+)/?");

    /** @throws IllegalArgumentException with a sentence that names the setting and gives away nothing of its value */
    static RedisAddress of(String url) {
        Matcher cluster = CLUSTER.matcher(url);
        try {
            if (cluster.matches()) {
                String credentials = cluster.group(2) == null ? "" : cluster.group(2);
                return new RedisAddress(
                        Arrays.stream(cluster.group(3).split(","))
                                .map(host -> uri(cluster.group(1) + "://" + credentials + host))
                                .toList(),
                        true);
            }
            return new RedisAddress(List.of(uri(url)), false);
        } catch (RuntimeException e) {
            // Without the cause: it repeats the URL, and with it the password.
            throw new IllegalArgumentException(
                    "roomcast.redis.url is not a URL of a Redis: redis://host:6379, rediss://user:password@host:6380,"
                            + " redis-sentinel://host:26379,host:26379/#name or redis-cluster://host:6379,host:6379");
        }
    }

    private static RedisURI uri(String url) {
        RedisURI uri = RedisURI.create(url);
        if (uri.getHost() == null && uri.getSentinels().isEmpty()) {
            throw new IllegalArgumentException("no host");
        }
        uri.setClientName("roomcast");
        uri.setTimeout(HANDSHAKE);
        return uri;
    }
}
