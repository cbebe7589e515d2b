package dev.roomcast.journal;

import dev.roomcast.concurrent.Threads;
import dev.roomcast.room.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses where the logs of this server live. */
@ApplicationScoped
public class Journals {

    private static final long SWEEP_SECONDS = 15;

    @Produces
    @ApplicationScoped
    Journal journal(
            Threads threads,
            @ConfigProperty(name = "roomcast.log.events") int events,
            @ConfigProperty(name = "roomcast.log.characters") int characters,
            @ConfigProperty(name = "roomcast.log.age") Duration age,
            @ConfigProperty(name = "roomcast.room.idle") Duration idle,
            @ConfigProperty(name = "roomcast.limit.rooms") int rooms) {
        MemoryJournal journal = new MemoryJournal(
                new Retention(events, characters, age.toMillis(), idle.toMillis()), rooms, System::currentTimeMillis);
        threads.timer().scheduleWithFixedDelay(journal::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return journal;
    }
}
