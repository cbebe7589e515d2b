package dev.roomcast.journal;

import static dev.roomcast.journal.JournalContract.ANA;
import static dev.roomcast.journal.JournalContract.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.redis.RedisServer;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Position;
import dev.roomcast.room.Question;
import dev.roomcast.room.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests have of two nodes with one real Redis, and of what is said on them. */
abstract class TwoNodes {

    final List<TestNode> all = new ArrayList<>();
    RedisServer server;
    TestNode one;
    TestNode two;

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.start(RedisServer.KEEPS.toArray(String[]::new));
        one = node();
        two = node();
    }

    TestNode begin(String url) throws InterruptedException {
        return new TestNode(url);
    }

    TestNode node() throws InterruptedException {
        return add(begin(server.url()));
    }

    TestNode add(TestNode node) {
        all.add(node);
        node.open(ROOM);
        return node;
    }

    @AfterEach
    void stop() {
        all.forEach(TestNode::close);
        if (server != null) {
            server.close();
        }
    }

    /** A position that this log has not reached. */
    static Position inNoLog(TestNode node) {
        return new Position(node.state(ROOM).position().epoch(), 1_000_000);
    }

    static void refused(Refused.Code code, TestNode node, Content content) {
        refused(code, node, Draft.of(content));
    }

    static void refused(Refused.Code code, TestNode node, Draft draft) {
        var failed = assertThrows(
                CompletionException.class,
                () -> node.journal.append(ROOM, draft).toCompletableFuture().join());
        assertEquals(code, ((Refused) failed.getCause()).code());
    }

    static Content message(String text) {
        return new Content.Message("m-" + text, ANA, text);
    }

    static Question question(String answerId) {
        return new Question(answerId, ANA, "why?", "demo");
    }
}
