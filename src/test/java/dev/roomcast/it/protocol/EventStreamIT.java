package dev.roomcast.it.protocol;

import dev.roomcast.it.Deployed;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of every transport, kept by this one. */
@ExtendWith(Deployed.class)
class EventStreamIT {

    @Nested
    class Reading extends ReadingContract {
        Reading(URI server) {
            super(server, Transport.EVENT_STREAM);
        }
    }
}
