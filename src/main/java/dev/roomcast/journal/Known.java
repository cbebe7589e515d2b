package dev.roomcast.journal;

import dev.roomcast.room.Content;
import dev.roomcast.room.Event;
import dev.roomcast.room.Position;
import dev.roomcast.room.RoomState;
import java.util.Map;

/**
 * A room as one node knows it. Immutable.
 *
 * @param version seq of the last event on which depends what may be appended: any but a message or a piece of an answer
 * @param holders which node holds which answer under way
 * @param time of the last event, as the log has it; 0 if that is known from a snapshot alone
 */
record Known(RoomState state, long version, Map<String, String> holders, long time) {

    static boolean decides(Content content) {
        return !(content instanceof Content.Message) && !(content instanceof Content.AnswerChunk);
    }

    long epoch() {
        return state.position().epoch();
    }

    long seq() {
        return state.position().seq();
    }

    boolean has(Position position) {
        return position.epoch() == epoch() && position.seq() <= seq();
    }

    /** With the next event. */
    Known and(Event event) {
        return new Known(state.after(event), decides(event.content()) ? event.seq() : version, holders, event.time());
    }
}
