package dev.roomcast.connection;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.member.Admission;
import dev.roomcast.member.Member;
import dev.roomcast.member.MemberText;
import dev.roomcast.member.OtherNodes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** New tokens for connections that are open, so that they go on for as long as these are good. Thread-safe; no method blocks. */
final class Renewals {

    private static final String NAME = "refresh";

    private final Connections connections;
    private final Admission admission;
    private final OtherNodes others;
    private final Threads threads;

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
                () -> connection.renew(admission.renew(connection.member(), token)), threads.closing());
    }

    /**
     * The same for a connection of this session and member that another node has, if one does.
     *
     * @return whether one did
     */
    CompletionStage<Boolean> elsewhere(String session, Member member, String token) {
        return CompletableFuture.supplyAsync(() -> admission.renew(member, token), threads.closing())
                .thenCompose(renewed -> others.ask(NAME, session + " " + MemberText.of(renewed)))
                .thenApply(Optional::isPresent);
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
