package dev.roomcast.operation;

import dev.roomcast.assistant.Assistant;
import dev.roomcast.assistant.Takeover;
import dev.roomcast.connection.Commands;
import dev.roomcast.connection.EventStreamWriters;
import dev.roomcast.connection.Heartbeat;
import dev.roomcast.connection.Origins;
import dev.roomcast.connection.PageHeaders;
import dev.roomcast.member.Identity;
import dev.roomcast.member.Instructions;
import dev.roomcast.member.Rights;
import dev.roomcast.member.RoomRules;
import dev.roomcast.model.Models;
import dev.roomcast.room.Journal;
import dev.roomcast.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/** Makes at the start what everything else stands on, so that a wrong setting stops the start and not the first visitor. */
@ApplicationScoped
public class Start {

    void check(
            @Observes @Initialized(ApplicationScoped.class) Object event,
            Identity identity,
            Login login,
            Origins origins,
            PageHeaders headers,
            Models models,
            Journal journal,
            RoomRules rules,
            Rights rights,
            Instructions instructions,
            Assistant assistant,
            Takeover takeover,
            Commands commands,
            Heartbeat heartbeat,
            EventStreamWriters writers,
            Drain drain) {
        // Calling is what makes a bean; injecting it only makes its proxy.
        identity.name();
        login.told();
        origins.isOther("");
        headers.policy();
        models.offered();
        journal.open(new RoomId("start"));
        rules.isReady();
        rights.declared();
        instructions.configured();
        assistant.tokensPerDay(); // and from now on it looks after what a node left behind that is gone
        takeover.attend();
        commands.longestPrompt();
        heartbeat.ping();
        writers.bound();
        drain.arm();
    }
}
