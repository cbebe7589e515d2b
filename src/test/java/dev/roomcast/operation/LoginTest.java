package dev.roomcast.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private static final String ISSUER = "https://id.example.com/realms/us";

    private static Login login(String authority, String issuer, String client) {
        return new Login(
                Optional.ofNullable(authority),
                Optional.ofNullable(issuer),
                Optional.ofNullable(client),
                "openid profile");
    }

    @Test
    void people_sign_in_where_tokens_come_from_unless_another_address_is_set() {
        var told = login(null, ISSUER, "page").told().orElseThrow();
        assertEquals(ISSUER, told.authority());
        assertEquals("page", told.clientId());
        assertEquals("openid profile", told.scope());
        var other = login("http://127.0.0.1:8080/us", "urn:us", "page").told().orElseThrow();
        assertEquals("http://127.0.0.1:8080/us", other.authority());
    }

    @Test
    void without_a_client_id_the_page_is_told_nothing() {
        assertTrue(login(ISSUER, ISSUER, null).told().isEmpty());
        assertTrue(login(null, "urn:not-an-address", " ").told().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "id.example.com",
                "https://",
                "https://a:b@id.example.com",
                " ",
                "https://x y"
            })
    void what_no_browser_should_be_sent_to_stops_the_start(String authority) {
        var wrong = assertThrows(IllegalArgumentException.class, () -> login(authority, ISSUER, "page"));
        assertTrue(wrong.getMessage().startsWith("roomcast.login.authority "), wrong.getMessage());
        var issuer = assertThrows(IllegalArgumentException.class, () -> login(null, authority, "page"));
        assertTrue(issuer.getMessage().startsWith("mp.jwt.verify.issuer "), issuer.getMessage());
    }
}
