package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.concurrent.RealThreads;
import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.Notes;
import dev.roomcast.member.Presence;
import dev.roomcast.room.RoomId;
import jakarta.ws.rs.container.AsyncResponse;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who polls and does not read the answer holds the thread that answers, on some servers. Nobody else waits for that. */
class StalledPollsTest {

    private static final Member ANA = new Member("ana", "Ana", false);
    private static final int LIMIT = 50;

    /** More than any pool for short tasks has threads. */
    private static final int STALLED = 8;

    private final Threads threads = RealThreads.of(1);
    private final Presence presence = new MemoryPresence();
    private final Connections connections =
            new TestConnections(threads, presence).limit(LIMIT).make();
    private final PollSessions polls = new PollSessions(presence, Notes.ALONE, threads);
    private final Semaphore stalled = new Semaphore(0);
    private final CountDownLatch read = new CountDownLatch(1);

    @AfterEach
    void close() {
        read.countDown();
        threads.close();
    }

    @Test
    void who_does_not_read_their_polls_holds_up_no_work_of_others() throws Exception {
        pollAndStall();
        threads.work().submit(() -> {}).get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_poll_is_one_of_the_users_connections_until_its_answer_is_taken() throws Exception {
        pollAndStall();
        assertEquals(LIMIT - STALLED, connections.users().left(ANA));
        read.countDown();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (connections.users().left(ANA) < LIMIT && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertEquals(LIMIT, connections.users().left(ANA));
    }

    private void pollAndStall() throws InterruptedException {
        for (int i = 0; i < STALLED; i++) {
            Joining joining = new Joining(new RoomId("standup"), (String) null, null, false);
            polls.open(connections, ANA, null, polls.sink(stalling(), joining), joining);
        }
        assertTrue(stalled.tryAcquire(STALLED, 10, TimeUnit.SECONDS), "were not all answered");
    }

    /** As on a server that writes in the thread that answers, to somebody who does not read. */
    private AsyncResponse stalling() {
        return (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    assertEquals("resume", method.getName());
                    stalled.release();
                    read.await();
                    return true;
                });
    }
}
