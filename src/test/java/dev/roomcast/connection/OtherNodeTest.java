package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.MemoryTickets;
import dev.roomcast.member.Notes;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.member.Presence;
import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Nodes;
import dev.roomcast.room.Refused;
import dev.roomcast.room.RoomId;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that share a log, presence and notes: what a client may do on another one than it was on. */
class OtherNodeTest {

    private static final RoomId ROOM = new RoomId("standup");
    private static final Member ANA = new Member("ana", "Ana", false);
    private static final Member BEN = new Member("ben", "Ben", false);

    private final CountDownLatch verified = new CountDownLatch(1);
    private final TestThreads threads = new TestThreads();
    private final Journal journal = MemoryJournals.small();
    private final Presence presence = new MemoryPresence();
    private final Map<String, String> left = new ConcurrentHashMap<>();
    private final Map<String, Function<String, String>> answers = new ConcurrentHashMap<>();
    private final Node one = new Node();
    private final Node two = new Node();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_poll_goes_on_on_another_node_without_a_word_about_what_is_known() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        assertEquals("joined", first.at("/events/0/type").asText());
        say("m1");
        JsonNode second = two.poll(
                ANA, first.get("session").asText(), first.get("position").asText());
        assertEquals(1, second.get("events").size(), second::toString);
        assertEquals("message", second.at("/events/0/type").asText());
        assertEquals(first.get("session"), second.get("session"));
        assertEquals(1, presence.of(ROOM).view().count());
    }

    @Test
    void what_a_poll_was_told_elsewhere_it_is_not_told_again_when_it_comes_back() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        String session = first.get("session").asText();
        presence.enter(ROOM, BEN, "bens");
        JsonNode second = two.poll(ANA, session, first.get("position").asText());
        assertEquals("presence", second.at("/events/0/type").asText(), second::toString);
        Joining back = new Joining(ROOM, first.get("position").asText(), null, false);
        assertEquals(
                second.at("/events/0/presence").asLong(),
                one.polls.known(ANA, session, back).presence().version());
    }

    @Test
    void who_was_told_that_it_is_degraded_by_a_node_that_could_not_pass_it_on_hears_from_the_next_that_it_is_not()
            throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        String session = first.get("session").asText();
        say("m0");
        String position = two.poll(ANA, session, first.get("position").asText())
                .get("position")
                .asText();
        two.well = false;
        JsonNode degraded = two.poll(ANA, session, position, "ok");
        assertEquals("degraded", degraded.at("/events/0/state").asText(), degraded::toString);
        JsonNode back = one.poll(ANA, session, position, "degraded");
        assertEquals(1, back.get("events").size(), back::toString);
        assertEquals("ok", back.at("/events/0/state").asText(), back::toString);
        say("m1");
        JsonNode next = one.poll(ANA, session, position, "ok");
        assertEquals("message", next.at("/events/0/type").asText(), "and once");
        JsonNode again = two.poll(ANA, session, next.get("position").asText(), "ok");
        assertEquals("degraded", again.at("/events/0/state").asText(), "though it has told so before");
    }

    @Test
    void who_was_told_that_a_node_drains_hears_from_another_that_it_goes_on_and_not_from_that_one() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        String session = first.get("session").asText();
        say("m1");
        one.draining = true;
        JsonNode same = one.poll(ANA, session, first.get("position").asText(), "draining");
        assertEquals(1, same.get("events").size(), same::toString);
        assertEquals("message", same.at("/events/0/type").asText());
        JsonNode other = two.poll(ANA, session, same.get("position").asText(), "draining");
        assertEquals("ok", other.at("/events/0/state").asText(), other::toString);
    }

    @Test
    void who_came_by_an_answer_that_was_lost_on_its_way_is_told_again_and_once() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        String session = first.get("session").asText();
        String position = first.get("position").asText();
        String before = first.at("/events/0/presence").asText();
        presence.enter(ROOM, BEN, "bens");
        JsonNode lost = one.poll(ANA, session, position, "ok", before, "member");
        assertEquals("presence", lost.at("/events/0/type").asText(), lost::toString);
        JsonNode again = one.poll(ANA, session, position, "ok", before, "member");
        assertEquals("presence", again.at("/events/0/type").asText(), again::toString);
        assertEquals("ben", again.at("/events/0/members/1/userId").asText(), again::toString);
        say("m1");
        String now = again.at("/events/0/presence").asText();
        JsonNode last = one.poll(ANA, session, position, "ok", now, "member");
        assertEquals("message", last.at("/events/0/type").asText(), last::toString);
    }

    @Test
    void what_one_may_do_by_an_answer_that_was_lost_on_its_way_is_told_again_and_once() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        String session = first.get("session").asText();
        String position = first.get("position").asText();
        String now = first.at("/events/0/presence").asText();
        JsonNode lost = one.poll(ANA, session, position, "ok", now, "reader");
        assertEquals("you", lost.at("/events/0/type").asText(), lost::toString);
        JsonNode again = one.poll(ANA, session, position, "ok", now, "reader");
        assertEquals("you", again.at("/events/0/type").asText(), again::toString);
        assertEquals("member", again.at("/events/0/role").asText(), again::toString);
        say("m1");
        JsonNode last = one.poll(ANA, session, position, "ok", now, "member");
        assertEquals("message", last.at("/events/0/type").asText(), last::toString);
    }

    @Test
    void somebody_elses_session_is_not_gone_on_with() throws Exception {
        JsonNode first = one.poll(ANA, null, null);
        JsonNode second = two.poll(
                BEN, first.get("session").asText(), first.get("position").asText());
        assertEquals("joined", second.at("/events/0/type").asText());
        assertFalse(second.get("session").equals(first.get("session")));
        for (String made : new String[] {"", "no such", "x\nPING", "s".repeat(10_000)}) {
            assertEquals(
                    "joined",
                    two.poll(ANA, made, first.get("position").asText())
                            .at("/events/0/type")
                            .asText());
        }
    }

    @Test
    void a_stream_is_refreshed_by_way_of_another_node() {
        Connection stream = one.connections.open(new Member("ana", "before", false), new Ignoring());
        assertTrue(refresh(two, stream.session(), ANA, "anas"));
        assertEquals("Ana", stream.member().name());
        assertFalse(refresh(two, "nobodys", ANA, "anas"));
        assertFalse(refresh(two, stream.session(), BEN, "bens"), "it is hers");
        assertThrows(CompletionException.class, () -> refresh(two, stream.session(), ANA, "bens"));
        assertThrows(CompletionException.class, () -> refresh(two, stream.session(), ANA, "nonsense"));
        assertEquals("Ana", stream.member().name());
    }

    @Test
    void tokens_for_streams_of_other_nodes_are_verified_one_at_a_time_for_each_user() {
        Connection stream = one.connections.open(ANA, new Ignoring());
        CompletionStage<Boolean> slow = two.connections.renewals().elsewhere(stream.session(), ANA, "slow");
        Refused refused = assertThrows(Refused.class, () -> refresh(two, stream.session(), ANA, "anas"));
        assertEquals(Refused.Code.RATE_LIMITED, refused.code());
        assertEquals(Duration.ofSeconds(1), refused.retryAfter());
        assertFalse(refresh(two, stream.session(), BEN, "bens"), "his own is looked at");
        verified.countDown();
        assertThrows(CompletionException.class, () -> slow.toCompletableFuture().join());
        assertTrue(refresh(two, stream.session(), ANA, "anas"));
    }

    @Test
    void who_is_on_a_node_that_drains_is_sent_away_and_newcomers_are_sent_away_at_once_each_at_a_time_of_their_own() {
        Ignoring ana = new Ignoring();
        Ignoring ben = new Ignoring();
        one.connections.open(ANA, ana);
        one.connections.open(BEN, ben);
        Departure departure = new Departure(one.connections, threads);
        departure.announce();
        assertTrue(departure.isAnnounced());
        departure.checkOpen(); // until load balancers know
        departure.closeDoors();
        Set<Duration> times = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Refused refused = assertThrows(Refused.class, departure::checkOpen);
            assertEquals(Refused.Code.UNAVAILABLE, refused.code());
            times.add(refused.retryAfter());
        }
        assertTrue(times.size() > 10, "they would all come back at once");
        departure.sendAway(Duration.ofMillis(20)).toCompletableFuture().join();
        assertEquals(Closing.GOING_AWAY, ana.closed.join());
        assertEquals(Closing.GOING_AWAY, ben.closed.join());
    }

    @Test
    void who_polls_a_node_that_drains_is_let_in_until_everybody_has_left_and_then_waits_there_no_more() {
        Ignoring ana = new Ignoring();
        one.connections.open(ANA, ana);
        Departure departure = new Departure(one.connections, threads);
        departure.closeDoors();
        departure.checkNotOver();
        departure.leave().toCompletableFuture().join();
        assertEquals(Closing.GOING_AWAY, ana.closed.join());
        assertEquals(
                Refused.Code.UNAVAILABLE,
                assertThrows(Refused.class, departure::checkNotOver).code());
        Ignoring ben = new Ignoring();
        departure.sendAwayIfOver(one.connections.open(BEN, ben)); // he looked before
        assertEquals(Closing.GOING_AWAY, ben.closed.join());
    }

    private static boolean refresh(Node node, String session, Member member, String token) {
        return node.connections
                .renewals()
                .elsewhere(session, member, token)
                .toCompletableFuture()
                .join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void say(String messageId) {
        journal.append(ROOM, Draft.of(new Content.Message(messageId, BEN.author(), "tea")));
    }

    private final class Node implements Nodes {

        private volatile boolean well = true;
        private volatile boolean draining;
        private final Connections connections = new TestConnections(threads, presence)
                .in(journal)
                .with(new Admission(new TokensOf(OtherNodeTest.this::known), new MemoryTickets()))
                .with(new Others())
                .with(this)
                .make();
        private final PollSessions polls = new PollSessions(presence, new Left(this), threads);

        Node() {
            connections.watch();
        }

        JsonNode poll(Member member, String session, String since) throws Exception {
            return poll(member, session, since, null);
        }

        JsonNode poll(Member member, String session, String since, String told) throws Exception {
            return poll(member, session, since, told, null, null);
        }

        JsonNode poll(Member member, String session, String since, String told, String version, String role)
                throws Exception {
            BlockingQueue<String> answer = new LinkedBlockingQueue<>();
            Joining joining = new Joining(ROOM, since, null, false);
            PollSink sink = polls.sink(response(answer), joining);
            PollSession known = polls.known(member, session, joining);
            if (known != null) {
                known.heard(told, draining);
                known.has(version, role);
            }
            polls.open(connections, member, known, sink, joining);
            String body = answer.poll(10, TimeUnit.SECONDS);
            assertTrue(body != null, "the poll was not answered");
            return json(body);
        }

        @Override
        public void attend(Writer writer) {}

        @Override
        public boolean isWell() {
            return well;
        }

        @Override
        public void watch(Consumer<Boolean> watcher) {}
    }

    private static JsonNode json(String body) throws JsonProcessingException {
        return new ObjectMapper().readTree(body);
    }

    private AsyncResponse response(BlockingQueue<String> answer) {
        return (AsyncResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncResponse.class}, (proxy, method, arguments) -> {
                    assertEquals("resume", method.getName());
                    return answer.add((String) ((Response) arguments[0]).getEntity());
                });
    }

    /** Whoever answers is the first node. */
    private final class Others implements OtherNodes {
        @Override
        public boolean any() {
            return true;
        }

        @Override
        public void answer(String subject, Function<String, String> answer) {
            answers.putIfAbsent(subject, answer);
        }

        @Override
        public CompletionStage<Optional<String>> ask(String subject, String question) {
            return CompletableFuture.completedStage(
                    Optional.ofNullable(answers.get(subject).apply(question)));
        }
    }

    private final class Left implements Notes {
        private final Node node;

        Left(Node node) {
            this.node = node;
        }

        @Override
        public void keep(String name, String text, Duration time) {
            if (node.well) {
                left.put(name, text);
            }
        }

        @Override
        public Optional<String> find(String name) {
            return node.well ? Optional.ofNullable(left.get(name)) : Optional.empty();
        }
    }

    private static final class Ignoring implements Sink {
        private final CompletableFuture<Closing> closed = new CompletableFuture<>();

        @Override
        public void write(Frame frame, Completion done) {
            done.done(null);
        }

        @Override
        public void close(Closing why) {
            closed.complete(why);
        }
    }

    private Member known(String bearer) {
        if (bearer.equals("slow")) {
            await(verified);
        }
        return Map.of("anas", ANA, "bens", BEN).get(bearer);
    }
}
