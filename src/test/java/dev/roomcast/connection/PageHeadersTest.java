package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageHeadersTest {

    private static final Optional<String> NONE = Optional.empty();

    @Test
    void the_page_speaks_to_this_server_and_to_where_people_sign_in() {
        assertEquals("connect-src 'self'", connect(NONE, NONE, NONE));
        assertEquals(
                "connect-src 'self' https://id.example.com",
                connect(NONE, NONE, Optional.of("https://id.example.com/realms/us")));
        assertEquals(
                "connect-src 'self' https://login.example.com:8443",
                connect(NONE, Optional.of("https://login.example.com:8443/us"), Optional.of("urn:us")));
        assertEquals(
                "connect-src 'self' https://other.example.com",
                connect(Optional.of("https://other.example.com"), NONE, Optional.of("urn:us")));
    }

    private static String connect(Optional<String> connect, Optional<String> authority, Optional<String> issuer) {
        for (String directive :
                new PageHeaders(connect, authority, issuer, NONE).policy().split("; ")) {
            if (directive.startsWith("connect-src")) {
                return directive;
            }
        }
        throw new AssertionError("no connect-src");
    }
}
