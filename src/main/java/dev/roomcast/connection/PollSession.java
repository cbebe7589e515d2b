package dev.roomcast.connection;

import dev.roomcast.member.Member;
import dev.roomcast.member.Role;
import dev.roomcast.room.RoomId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** One client that polls, from its first poll to some time after its last. Thread-safe. */
final class PollSession {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private final String name;
    private final Member member;
    private final RoomId room;
    private final AtomicInteger polls = new AtomicInteger();
    private volatile PresenceTold presence = PresenceTold.NOTHING;
    private volatile Role role;
    private volatile Boolean well = true;

    PollSession(String name, Member member, RoomId room) {
        this.name = name;
        this.member = member;
        this.room = room;
    }

    /** Whether a session may be called so. Clients send what they like. */
    static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** A session as another node has noted it, if it is of this member in this room. */
    static Optional<PollSession> noted(String name, String note, Member member, RoomId room) {
        String[] part = note.split(" ", 4);
        if (!part[2].equals(room.name()) || !part[3].equals(member.userId())) {
            return Optional.empty();
        }
        PollSession session = new PollSession(name, member, room);
        session.knows(PresenceTold.noted(Long.parseLong(part[0])));
        session.told(Role.called(part[1]).orElse(null));
        return Optional.of(session);
    }

    /** See {@link #noted}. */
    String note() {
        Role told = role;
        return presence.note() + " " + (told == null ? "-" : told.wire()) + " " + room.name() + " " + member.userId();
    }

    String name() {
        return name;
    }

    Member member() {
        return member;
    }

    RoomId room() {
        return room;
    }

    /** The name under which the presence knows it between polls. */
    String lease() {
        return name + "-polls";
    }

    boolean isOf(Member other, RoomId in) {
        return member.userId().equals(other.userId()) && room.equals(in);
    }

    void begin() {
        polls.incrementAndGet();
    }

    /** How many polls it has begun on this node. */
    int polls() {
        return polls.get();
    }

    void knows(PresenceTold told) {
        presence = told;
    }

    /** Takes what its client was told last by whichever node, which knows no less than this one. */
    void catchUp(PollSession noted) {
        presence = presence.and(noted.presence);
        role = noted.role;
    }

    /** Its client has come from another node. */
    void goOnHere() {
        presence = presence.onAnotherNode();
    }

    /** What of the presence it was told last. */
    PresenceTold presence() {
        return presence;
    }

    void told(Role told) {
        role = told;
    }

    /** What the client was told last that it may do; {@code null} if that is not known. */
    Role roleTold() {
        return role;
    }

    void toldWell(Boolean told) {
        well = told;
    }

    /**
     * What the client says that it was told last: it knows best, since a node that is cut off tells it what it cannot tell the others.
     *
     * @param status the last {@code status}, or {@code null} if it does not say
     * @param draining whether this node is
     */
    void heard(String status, boolean draining) {
        switch (String.valueOf(status)) {
            case "ok" -> well = true;
            case "degraded" -> well = false;
            case "draining" -> well = draining ? true : null; // no other goes on with that
            default -> {} // as this node told it last
        }
    }

    /**
     * What the client says that it has: an answer that was lost on its way has told nothing.
     *
     * @param version of the presence, or {@code null} if it does not say
     * @param mayDo the role that it knows, or {@code null} if it does not say
     */
    void has(String version, String mayDo) {
        if (version != null && VERSION.matcher(version).matches() && Long.parseLong(version) < presence.version()) {
            presence = PresenceTold.NOTHING; // nobody knows what leads on from there
        }
        Role.called(String.valueOf(mayDo)).ifPresent(this::told);
    }

    /** How the client was told last that it is (see {@link Visit#wellTold}). */
    Boolean wellTold() {
        return well;
    }
}
