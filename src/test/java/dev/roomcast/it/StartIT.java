package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator sees who has set something wrong. */
@Tag("runnable")
class StartIT {

    @ParameterizedTest
    @CsvSource({
        "roomcast.roles.otherwise, Member",
        "roomcast.origins, portal",
        "roomcast.page.frame-ancestors, portal",
        "roomcast.limit.prompt-length, 0",
        "roomcast.limit.stalled-event-streams, 0",
        "roomcast.heartbeat.silent, PT20S"
    })
    void a_wrong_setting_stops_the_start_and_is_named_in_the_log(String setting, String value) throws Exception {
        String variable = setting.toUpperCase().replaceAll("[^A-Z]", "_");
        // Another folder each time: the log of an earlier start must not be taken for that of this one.
        String name = "start-" + ProcessHandle.current().pid() + "-" + setting;
        try (var server = new RoomcastProcess(name, Map.of(variable, value)).start()) {
            server.await("decided", () -> server.readiness() == 200 || hasFailed(server));
            assertFalse(server.readiness() == 200, "it lets people in");
            assertTrue(server.log().contains("IllegalArgumentException: " + setting));
        }
    }

    /** As Open Liberty says it. */
    private static boolean hasFailed(RoomcastProcess server) {
        try {
            return server.log().contains("CWWKZ0012I");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
