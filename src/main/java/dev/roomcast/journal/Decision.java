package dev.roomcast.journal;

import dev.roomcast.room.Content;
import dev.roomcast.room.Draft;
import dev.roomcast.room.Event;
import dev.roomcast.room.Refused;

/**
 * What shall become of a draft, decided on the room as this node knows it; {@code append.lua} makes sure that it still holds.
 *
 * @param kind what it depends on: {@code free} on nothing; {@code part} and {@code end} on the answer's length and holder; {@code close}, an
 *     end by whoever does not write it, on the answer alone, whose length and digest are filled in; {@code start},
 *     {@code other} and {@code refused} on there having been no other decision since; {@code unseen}, a refusal for want of something that
 *     may have been said by now, on nothing having been appended since
 * @param content what is appended
 * @param at length that the answer must have, or has as far as this node knows
 * @param holder node that must hold the answer, or empty
 * @param refusal why it is refused, if nobody decided anything since and it is no repeat; or {@code null}
 */
record Decision(String kind, Content content, int at, String holder, Refused refusal) {

    /** Redis fills in the text, which others may have gone on with. */
    boolean closes() {
        return kind.equals("close");
    }

    /** @param node which writes its own answers, and ends those of nodes that died */
    static Decision of(Known known, Draft draft, String node, boolean held) {
        Content content = draft.content();
        if (content instanceof Content.Message) {
            return new Decision("free", content, 0, "", null);
        }
        if (content instanceof Content.AnswerChunk chunk) {
            return new Decision("part", content, chunk.at(), node, null);
        }
        if (content instanceof Content.AnswerEnded end
                && end.outcome().takesTextOfLog()
                && known.state().running().containsKey(end.answerId())) {
            Content.AnswerEnded closed = (Content.AnswerEnded) known.state().admit(draft);
            return new Decision("close", closed, closed.outcome().length(), "", null);
        }
        if (content instanceof Content.AnswerEnded end
                && known.state().running().containsKey(end.answerId())) {
            String holder = held ? node : known.holders().getOrDefault(end.answerId(), node);
            return new Decision("end", content, end.outcome().length(), holder, null);
        }
        try {
            Content admitted = known.state().admit(draft);
            known.state().after(new Event(known.seq() + 1, 0, draft.re(), admitted));
            String kind = admitted instanceof Content.AnswerStarted ? "start" : "other";
            return new Decision(kind, admitted, 0, "", null);
        } catch (Refused refusal) {
            String kind = content instanceof Content.Removed ? "unseen" : "refused";
            return new Decision(kind, content, 0, "", refusal);
        }
    }
}
