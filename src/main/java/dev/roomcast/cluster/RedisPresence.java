package dev.roomcast.cluster;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Audit;
import dev.roomcast.member.Bells;
import dev.roomcast.member.Member;
import dev.roomcast.member.Presence;
import dev.roomcast.member.Roster;
import dev.roomcast.redis.Redis;
import dev.roomcast.room.RoomId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Who is in which room on all nodes. Redis counts for each user of a room on how many nodes they are; what a node that died has
 * told is taken back by another ({@link Burials}). Without Redis this node says who is here, and who was elsewhere when it last heard.
 */
final class RedisPresence implements Presence {

    private static final Duration TENDING = Duration.ofSeconds(5);
    private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ConcurrentMap<RoomId, SharedRoom> rooms = new ConcurrentHashMap<>();
    private final Bells readers = new Bells();
    private final Redis redis;
    private final Asking asking;
    private final Nodes nodes;
    private final Threads threads;
    private final NodeRooms told;
    private final RoomBells bells;
    private final Paced paced;
    private final Burials burials;

    /** What this node was called while not all are told again who are here, or {@code null}. */
    private volatile String leaving;

    /** What this node told under old names and could not take back. */
    private final Set<Former> formers = ConcurrentHashMap.newKeySet();

    private record Former(RoomId room, String node) {}

    RedisPresence(Redis redis, Asking asking, Nodes nodes, Threads threads) {
        this(redis, asking, nodes, threads, TENDING);
    }

    /** @param tending how often it is told again what could not be told */
    RedisPresence(Redis redis, Asking asking, Nodes nodes, Threads threads, Duration tending) {
        this.redis = redis;
        this.asking = asking;
        this.nodes = nodes;
        this.threads = threads;
        this.told = new NodeRooms(redis, nodes);
        this.bells = new RoomBells(redis, this::heard);
        this.paced = new Paced(threads.timer());
        this.burials = new Burials(redis, nodes, told);
        nodes.onDeath(gone -> {
            if (!gone.equals(leaving)) {
                burials.bury(gone);
            }
        });
        nodes.onNewLife(this::tellAgain);
        redis.watch(up -> {
            if (up) {
                paced.each(rooms.values(), SharedRoom::talk);
            }
        });
        threads.timer()
                .scheduleWithFixedDelay(this::tend, tending.toMillis(), tending.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Roster enter(RoomId room, Member member, String session) {
        String before = nodes.me();
        boolean[] came = new boolean[1];
        SharedRoom there = rooms.compute(room, (id, known) -> {
            SharedRoom shared = known == null ? open(id) : known;
            if (shared.roster().isEmpty()) {
                told.add(id); // before anybody hears that they are there
            }
            came[0] = shared.roster().enter(member, session);
            return shared;
        });
        if (!before.equals(nodes.me())) {
            told.add(room); // whoever told the rest under the new name may not have seen that somebody is there
        }
        if (came[0]) {
            Audit.note("came", member, room);
            there.tell();
            readers.ring(room);
        }
        if (!there.known().toCompletableFuture().isDone()) {
            asking.await(there::known); // for who else is here
        }
        return there.roster();
    }

    @Override
    public void leave(RoomId room, Member member, String session) {
        SharedRoom there = rooms.get(room);
        if (there != null && there.roster().leave(member, session)) {
            Audit.note("left", member, room);
            there.tell();
            readers.ring(room);
        }
    }

    @Override
    public Roster of(RoomId room) {
        SharedRoom there = rooms.get(room);
        return there == null || there.roster().isEmpty() ? null : there.roster();
    }

    @Override
    public Set<RoomId> rooms() {
        return rooms.entrySet().stream()
                .filter(entry -> !entry.getValue().roster().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean anybodyIn(RoomId room) {
        SharedRoom there = rooms.computeIfAbsent(room, this::open);
        if (there.roster().isEmpty()) {
            there.want();
            there.look();
        }
        // Not known is not nobody.
        return !there.known().toCompletableFuture().isDone() || there.roster().isAnybody();
    }

    @Override
    public void typing(RoomId room, Member member, boolean typing) {
        SharedRoom there = rooms.get(room);
        if (there == null && typing) {
            there = rooms.computeIfAbsent(room, this::open); // they read it on another node
        }
        if (there != null && there.roster().types(member, typing)) {
            there.tell();
        }
    }

    @Override
    public Watch watch(RoomId room, Runnable bell) {
        return readers.watch(room, bell);
    }

    private SharedRoom open(RoomId room) {
        bells.add(room);
        return new SharedRoom(room, redis, nodes, threads, () -> readers.ring(room));
    }

    private void heard(String message) {
        int space = message.indexOf(' ');
        if (space < 0) {
            paced.each(rooms.entrySet(), entry -> {
                if (RoomBells.channel(entry.getKey()).equals(message)) {
                    entry.getValue().look();
                }
            });
        } else if (!message.substring(0, space).equals(nodes.me())) {
            SharedRoom there = rooms.get(new RoomId(message.substring(space + 1)));
            if (there != null) {
                there.look();
            }
        }
    }

    /** Also takes back what it told under its old name: what came after the burial nobody else knows of. */
    private void tellAgain(String before) {
        leaving = before;
        paced.each(rooms.entrySet(), entry -> tellAgain(entry, before), () -> {
            leaving = null;
            burials.bury(before);
        });
    }

    private void tellAgain(Map.Entry<RoomId, SharedRoom> entry, String before) {
        if (!entry.getValue().roster().isEmpty()) {
            told.add(entry.getKey());
        }
        entry.getValue().roster().tellAgain();
        entry.getValue().talk();
        // Not before those who are here are known under the new name: they would be gone for a moment.
        threads.timer()
                .schedule(
                        () -> takeBack(new Former(entry.getKey(), before)),
                        nodes.lease().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void takeBack(Former former) {
        SharedRoom.run(redis, former.room(), former.node(), 0, SharedRoom.ALL_WENT)
                .whenComplete((done, away) -> {
                    if (away == null) {
                        formers.remove(former);
                    } else {
                        formers.add(former);
                    }
                });
    }

    /** Forgets rooms that nobody has to do with, and tells what could not be told. */
    private void tend() {
        rooms.forEach((room, shared) -> {
            if (shared.isIdle(WANTED_NANOS)) {
                rooms.computeIfPresent(room, (id, there) -> {
                    if (there != shared || !there.isIdle(WANTED_NANOS)) {
                        return there;
                    }
                    bells.remove(id);
                    told.remove(id);
                    return null;
                });
            } else if (shared.roster().hasUntold()) {
                shared.talk();
            }
        });
        told.addUntold();
        paced.each(formers, this::takeBack);
    }
}
