package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.Refused;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One client, whatever its transport: a member, a {@link Feed}, a {@link Dialogue}, and the room they {@linkplain Visit visit}.
 *
 * <p>Thread-safe. No method blocks, but for entering a room (see {@link dev.roomcast.member.Presence}).
 */
final class Connection {

    private volatile Member member;
    private final String session;
    private final long longestSilence;
    private final Feed feed;
    private final Connections home;
    private final Visit visit;
    private final Dialogue dialogue;
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastPing = lastHeard - 1;

    Connection(Member member, Sink sink, String session, Connections home, Executor closing) {
        this.member = member;
        this.session = session;
        this.home = home;
        this.longestSilence = sink.longestSilence();
        this.feed = new Feed(sink, closing, this::ended);
        this.visit = new Visit(home, this, feed);
        this.dialogue = new Dialogue(home, this, feed, visit);
    }

    /** One command from the client. Whatever it says, the answer is a frame. */
    void receive(String frame) {
        heard();
        dialogue.hear(frame);
    }

    /** Refuses what is not even a frame. */
    void refuse(Refused refused) {
        heard();
        feed.send(Frames.error(null, refused));
    }

    /** Something came from the client: it lives. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** The transport has to go. See {@link Feed#close}. */
    CompletionStage<Void> close(Closing why) {
        return feed.close(why);
    }

    /** The transport has to go, as what it just read says. See {@link Feed#closeWhileReading}. */
    void closeWhileReading(Closing why) {
        feed.closeWhileReading(why);
    }

    /** The transport has gone. */
    void gone() {
        feed.gone();
    }

    /** What this client is called across its requests. */
    String session() {
        return session;
    }

    /** See {@link Feed#presenceTold}. */
    PresenceTold presenceTold() {
        return feed.presenceTold();
    }

    boolean isClosed() {
        return feed.isClosed();
    }

    /** A frame for this client alone. */
    void send(Frame frame) {
        feed.send(frame);
    }

    /** See {@link Visit#tellHowItIs}. */
    void tellHowItIs() {
        visit.tellHowItIs();
    }

    /** See {@link Visit#wellTold}. */
    Boolean wellTold() {
        return visit.wellTold();
    }

    /** See {@link Visit#announce}. */
    void announce(Frame frame) {
        visit.announce(frame);
    }

    /** Who is at the other end, as they last showed. */
    Member member() {
        return member;
    }

    /** They have shown something new. */
    void renew(Member renewed) {
        member = renewed;
    }

    /** Whether what they showed last does not count any more. */
    boolean hasTokenEnded() {
        return !member.until().isAfter(Instant.now());
    }

    /** Looks whether the client may stay and still lives, and asks it for a sign of life when it has been silent. */
    void check(Heartbeat heartbeat, long now) {
        long silent = now - lastHeard;
        if (hasTokenEnded()) {
            close(Closing.TOKEN_ENDED);
        } else if (!visit.mayStay()) {
            close(Closing.NOT_ALLOWED);
        } else if (feed.stalledFor(now) > heartbeat.stalled() || feed.blockedFor(now) > Heartbeat.BLOCKED) {
            close(Closing.STALLED);
        } else if (silent > heartbeat.silent() && now - feed.lastWritten() > heartbeat.silent()) {
            close(Closing.SILENT);
        } else if (silent > Math.min(heartbeat.ping(), longestSilence) && lastPing - lastHeard < 0) {
            lastPing = now; // and no other until something was heard
            home.threads().work().execute(feed::ping); // this thread never writes, see Connections
        }
    }

    /** See {@link Dialogue#refresh}. */
    CompletionStage<Void> refresh(String token) {
        return dialogue.refresh(token);
    }

    /** Enters a room: the first frame is {@code joined}, and then come the events from there on. */
    void join(Joining joining) {
        dialogue.enter(
                joining, place -> dialogue.joined(place, joining), () -> {}, failure -> close(Closing.UNAVAILABLE));
    }

    /** Goes on where the client was, without a word about it if nothing is missing and they may do what they were told. */
    void resume(Joining joining, PresenceTold presence, Role told, Boolean well) {
        visit.wasTold(well);
        dialogue.enter(
                joining,
                place -> place.resumed(joining, presence),
                () -> {
                    if (roleTold() != told) {
                        feed.send(Frames.you(member, roleTold()));
                    }
                },
                failure -> close(Closing.UNAVAILABLE));
    }

    /** What the client was told last that they may do in the room. */
    Role roleTold() {
        return visit.role();
    }

    private void ended() {
        visit.end();
        home.forget(this);
    }
}
