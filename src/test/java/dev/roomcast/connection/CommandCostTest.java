package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roomcast.concurrent.TestThreads;
import dev.roomcast.journal.MemoryJournals;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemoryPresence;
import dev.roomcast.member.NoLimits;
import dev.roomcast.member.Presence;
import dev.roomcast.room.Appended;
import dev.roomcast.room.DelegatingJournal;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Journal;
import dev.roomcast.room.Refused;
import dev.roomcast.room.Refused.Code;
import dev.roomcast.room.Room;
import dev.roomcast.room.RoomId;
import dev.roomcast.room.Rooms;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it costs to tell a room something. */
class CommandCostTest {

    private static final Member ANA = new Member("ana", "Ana", false);

    private final TestThreads threads = new TestThreads();
    private final Moody journal = new Moody(MemoryJournals.small());
    private final Room room = new Rooms(journal).room(new RoomId("standup"));
    private final Purse purse = new Purse();
    private final Presence presence = new MemoryPresence();
    private final Connections connections = new TestConnections(threads, presence)
            .in(journal)
            .with(new Commands(null, RightsOfAll.INSTANCE, purse, 100, 100))
            .with(purse)
            .make();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_command_from_outside_that_is_none_opens_no_room_and_costs_nothing() {
        assertEquals(Code.UNKNOWN_TYPE, refusal("{\"type\":\"dance\"}"));
        assertFalse(room.isOpen());
        assertEquals(new Purse(), purse);
    }

    @Test
    void a_command_from_outside_that_opens_a_room_costs_what_entering_does_whatever_comes_of_it() {
        assertEquals(Code.BAD_FRAME, refusal("{\"type\":\"message\"}"));
        assertEquals(1, purse.messages);
        assertEquals(Code.BAD_FRAME, refusal("{\"type\":\"ai-stop\"}"));
        assertEquals(1, purse.messages, "it is open now");
    }

    @Test
    void who_may_say_nothing_more_opens_no_room_from_outside() {
        purse.empty = true;
        assertEquals(Code.RATE_LIMITED, refusal("{\"type\":\"ai-stop\",\"answerId\":\"a1\"}"));
        assertFalse(room.isOpen());
    }

    @Test
    void a_message_that_is_not_appended_costs_nothing_and_begins_no_room() {
        room.open();
        journal.refusing = true;
        assertEquals(Code.UNAVAILABLE, refusal(hello("c1")));
        assertEquals(new Purse(), purse);
        journal.refusing = false;
        run(hello("c1"));
        assertEquals(1, purse.messages);
        assertEquals(1, purse.rooms);
    }

    @Test
    void a_message_that_is_sent_again_costs_nothing() {
        room.open();
        run(hello("c1"));
        run(hello("c1"));
        assertEquals(1, purse.messages);
        assertEquals(1, purse.rooms);
    }

    private static String hello(String id) {
        return "{\"type\":\"message\",\"id\":\"" + id + "\",\"content\":\"Hello\"}";
    }

    private void run(String frame) {
        connections
                .runFromOutside(ANA, room, Command.parse(frame))
                .toCompletableFuture()
                .join();
    }

    private Code refusal(String frame) {
        Throwable thrown = assertThrows(RuntimeException.class, () -> run(frame));
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return ((Refused) cause).code();
    }

    /** What was taken. */
    private static final class Purse extends NoLimits {

        private int messages;
        private int rooms;
        private boolean empty;

        @Override
        public void message(String userId, boolean first) {
            if (empty) {
                throw new Refused(Code.RATE_LIMITED, "No more.");
            }
            messages++;
            rooms += first ? 1 : 0;
        }

        @Override
        public void notSaid(String userId, boolean first) {
            messages--;
            rooms -= first ? 1 : 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Purse purse && purse.messages == messages && purse.rooms == rooms;
        }

        @Override
        public int hashCode() {
            return messages + rooms;
        }

        @Override
        public String toString() {
            return messages + " messages, " + rooms + " rooms";
        }
    }

    /** One that cannot always be written. */
    private static final class Moody extends DelegatingJournal {

        private boolean refusing;

        Moody(Journal log) {
            super(log);
        }

        @Override
        public CompletionStage<Appended> append(RoomId room, Draft draft) {
            return refusing
                    ? CompletableFuture.failedStage(new Refused(Code.UNAVAILABLE, "Not now."))
                    : super.append(room, draft);
        }
    }
}
