package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Request;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page, and people who sign in at a real Keycloak. */
@Tag("keycloak")
@ExtendWith({Deployed.class, Browsers.class, Keycloak.class})
class KeycloakSignInIT {

    @Test
    void whoever_signs_in_is_in_the_room_stays_there_beyond_their_token_and_is_out_when_signed_out(
            Keycloak.Realm realm, Browser browser) throws IOException {
        String link = realm.address() + "#/room-" + UUID.randomUUID();
        try (Visitor ana = Visitor.with(browser)) {
            signIn(ana, link, "ana");
            ana.seesStatus("Live");
            ana.say("Here I am.");
            ana.sees("Here I am.");
            ana.sees("Ana Lee");
            ana.shoot("keycloak-1-room");
            assertEquals(link, ana.page.url(), "neither code nor token stays in the address");

            Request renewal = ana.page.waitForRequest(
                    request -> request.url().endsWith("/token")
                            && String.valueOf(request.postData()).contains("refresh_token"),
                    () -> ana.say("Still here.")); // its tokens last 20 s
            assertEquals(200, renewal.response().status());
            ana.say("And after that.");
            ana.sees("And after that.");
            ana.seesStatus("Live");

            ana.button("Sign out Ana Lee").click();
            ana.button("Sign in").click();
            ana.page.locator("#username").waitFor(); // signed out there, too
        }
    }

    @Test
    void a_reader_by_their_group_may_look_on_and_not_write(Keycloak.Realm realm, Browser browser) {
        try (Visitor rita = Visitor.with(browser)) {
            signIn(rita, realm.address() + "#/room-" + UUID.randomUUID(), "rita");
            rita.page.getByText("You may read here, and not write.").waitFor();
            rita.shoot("keycloak-2-reader");
        }
    }

    private static void signIn(Visitor visitor, String link, String user) {
        visitor.page.navigate(link);
        visitor.button("Sign in").click();
        visitor.page.locator("#username").fill(user);
        visitor.page.locator("#password").fill("secret");
        visitor.page.locator("#kc-login").click();
        visitor.page.waitForURL(link);
    }
}
