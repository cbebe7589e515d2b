package dev.roomcast.it.protocol;

import dev.roomcast.it.Deployed;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of every transport, kept by this one. */
@ExtendWith(Deployed.class)
class LongPollIT {
    @Nested
    class Reading extends ReadingContract {
        Reading(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }

    @Nested
    class Commands extends CommandContract {
        Commands(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }

    @Nested
    class Queue extends QueueContract {
        Queue(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }

    @Nested
    class Refusals extends RefusalContract {
        Refusals(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }

    @Nested
    class PresenceOfPeople extends PresenceContract {
        PresenceOfPeople(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }

    @Nested
    class SlowReaders extends SlowReaderContract {
        SlowReaders(URI server) {
            super(server, Transport.LONG_POLL);
        }
    }
}
