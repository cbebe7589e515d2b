package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemberText;
import dev.roomcast.member.OtherNodes;
import dev.roomcast.room.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** New tokens for connections that are open, so that they go on for as long as these are good. Thread-safe; no method blocks. */
final class Renewals {

    private static final String NAME = "refresh";

    private final Connections connections;
    private final Admission admission;
    private final OtherNodes others;
    private final Threads threads;

    /** The users of whom a token is looked at for another node. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Renewals(Connections connections, Admission admission, OtherNodes others, Threads threads) {
        this.connections = connections;
        this.admission = admission;
        this.others = others;
        this.threads = threads;
    }

    /** Does what other nodes ask for, from now on. */
    void listen() {
        others.answer(NAME, this::onBehalf);
    }

    /**
     * Of a connection of this node. Completes exceptionally with {@link dev.roomcast.room.Refused}, and then the connection is as it was; see
     * {@link Admission#renew}.
     */
    CompletionStage<Void> here(Connection connection, String token) {
        // Elsewhere, since the identity provider may have to be asked for its keys.
        return CompletableFuture.runAsync(
                () -> connection.renew(admission.renew(connection.member(), token)), threads.verifying());
    }

    /**
     * The same for a connection of this session and member that another node has, if one does. One at a time for each user, since each costs
     * the verifying of a signature and a question to the other nodes.
     *
     * @return whether one did
     */
    CompletionStage<Boolean> elsewhere(String session, Member member, String token) {
        if (!underWay.add(member.userId())) {
            throw oneAtATime();
        }
        try {
            return CompletableFuture.supplyAsync(() -> admission.renew(member, token), threads.verifying())
                    .thenCompose(renewed -> others.ask(NAME, session + " " + MemberText.of(renewed)))
                    .thenApply(Optional::isPresent)
                    .whenComplete((found, failure) -> underWay.remove(member.userId()));
        } catch (RuntimeException e) {
            underWay.remove(member.userId());
            throw e;
        }
    }

    static Refused oneAtATime() {
        return new Refused(Refused.Code.RATE_LIMITED, "One new token at a time.", Duration.ofSeconds(1));
    }

    /** What another node asks for, which has seen the new token. */
    private String onBehalf(String question) {
        int space = question.indexOf(' ');
        Member renewed = MemberText.read(question.substring(space + 1));
        Connection connection = connections.find(question.substring(0, space), renewed);
        if (connection != null) {
            connection.renew(renewed);
        }
        return connection == null ? null : "renewed";
    }
}
