package dev.roomcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.member.Notes;
import dev.roomcast.member.OtherNodes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node asks others, and what it leaves for them. */
class RedisOtherNodesTest {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static OtherNodes one;
    private static OtherNodes two;

    @BeforeAll
    static void listen() {
        one = new RedisOtherNodes(CLUSTER.one.redis, CLUSTER.one.threads);
        two = new RedisOtherNodes(CLUSTER.two.redis, CLUSTER.two.threads);
        two.answer("ready", question -> "yes");
        one.answer("ready", question -> "yes");
        Node.await(
                "both to hear",
                () -> ask(one, "ready", "?").isPresent()
                        && ask(two, "ready", "?").isPresent());
    }

    @Test
    void the_node_that_knows_answers() {
        one.answer("double", number -> "not me");
        two.answer("double", number -> number + " " + number);
        assertEquals(Optional.of("4 \"Ä\" 4 \"Ä\""), ask(one, "double", "4 \"Ä\""));
    }

    @Test
    void if_none_knows_there_is_no_answer() {
        two.answer("silence", question -> null);
        OtherNodes hasty = new RedisOtherNodes(CLUSTER.one.redis, CLUSTER.one.threads, Duration.ofMillis(200));
        assertEquals(Optional.empty(), ask(hasty, "silence", "?"));
        assertEquals(Optional.empty(), ask(hasty, "of-this-nobody-heard", "?"));
    }

    @Test
    void a_note_is_found_on_another_node_as_it_was_left_last() {
        Notes here = new RedisNotes(CLUSTER.one.redis, CLUSTER.one.asking);
        Notes there = new RedisNotes(CLUSTER.two.redis, CLUSTER.two.asking);
        assertEquals(Optional.empty(), there.find("s1"));
        here.keep("s1", "first", Duration.ofMinutes(1));
        here.keep("s1", "zweite Ä", Duration.ofMinutes(1));
        Node.await("it", () -> there.find("s1").equals(Optional.of("zweite Ä")));
        here.keep("s2", "short", Duration.ofMillis(1));
        Node.await("its end", () -> there.find("s2").isEmpty());
    }

    private static Optional<String> ask(OtherNodes node, String subject, String question) {
        return node.ask(subject, question).toCompletableFuture().join();
    }
}
