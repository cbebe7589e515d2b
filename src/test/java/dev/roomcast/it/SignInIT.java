package dev.roomcast.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a server with an identity provider, as people see it who sign in there. Screenshots are in target/screenshots. */
@ExtendWith({Deployed.class, Browsers.class})
class SignInIT {

    private static final String LONG_NAME = "Maximiliane Wolfeschlegelsteinhausen-Bergerdorff von Nord";

    private final String room = "room-" + UUID.randomUUID();

    @AfterEach
    void longTokens() {
        IdentityProvider.RUNNING.setLifetime(3600);
    }

    @Test
    void whoever_signs_in_comes_to_the_room_of_their_link_and_leaves_no_trace_when_signed_out(
            Deployed.WithTokens house, Browser browser) throws IOException {
        String link = house.address() + "#/" + room;
        try (Visitor ana = Visitor.with(browser)) {
            List<String> logged = new CopyOnWriteArrayList<>();
            ana.page.onConsoleMessage(line -> logged.add(line.text()));
            ana.page.onRequest(request -> logged.add(request.url()));
            ana.page.navigate(link);
            assertThat(ana.button("Sign in")).isVisible();
            ana.shoot("signin-1-before");
            ana.isAccessible();
            ana.signIn(link, "ana", "{\"name\": \"Ana Lee\"}");
            ana.seesStatus("Live");
            ana.say("Here I am.");
            ana.sees("Here I am.");
            ana.sees("Ana Lee");
            assertEquals(link, ana.page.url(), "neither code nor token stays in the address");

            ana.page.reload();
            ana.sees("Here I am.");
            assertEquals("", ana.page.evaluate("Object.values(localStorage).filter((v) => v.includes('eyJ')).join()"));
            assertTrue(logged.stream().noneMatch(line -> line.contains("eyJ")), () -> logged.toString());

            ana.button("Sign out Ana Lee").click();
            assertThat(ana.button("Sign in")).isVisible();
            assertEquals(
                    0, ana.page.evaluate("Object.keys(sessionStorage).filter((k) => k.includes('.user.')).length"));
            ana.page.navigate(link);
            assertThat(ana.button("Sign in")).isVisible();
        }
    }

    @Test
    void a_sign_in_that_the_provider_refuses_says_so_and_lets_one_try_again(
            Deployed.WithTokens house, Browser browser) {
        try (Visitor ana = Visitor.with(browser)) {
            ana.page.navigate(house.address() + "?error=access_denied&state=made-up");
            ana.isRefused("Signing in did not work out. Try again.");
            assertEquals(house.address().toString(), ana.page.url());
            assertThat(ana.button("Sign in")).isEnabled();
        }
    }

    @Test
    void tokens_that_end_while_an_answer_grows_are_renewed_without_a_break(Deployed.WithTokens house, Browser browser) {
        IdentityProvider.RUNNING.setLifetime(12);
        try (Visitor ana = Visitor.with(browser)) {
            ana.signIn(house.address() + "#/" + room, "ana", "{}");
            ana.seesStatus("Live");
            List<String> renewed = new CopyOnWriteArrayList<>();
            ana.page.onRequest(request -> {
                if (request.url().endsWith("/token")) {
                    renewed.add(request.postData());
                }
            });
            ana.page.evaluate("() => { window.states = []; const status = document.querySelector('[data-status]');"
                    + " new MutationObserver(() => window.states.push(status.dataset.status))"
                    + ".observe(status, { attributes: true }) }");
            ana.ask("Count [[demo tokens=500 gap=40ms numbered]]"); // 20 s, longer than a token lasts
            ana.sees("t300 ");
            ana.seesTheEnd();
            String whole = IntStream.range(0, 500).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
            assertTrue(ana.answer().innerText().contains(whole));
            assertEquals(List.of(), ana.page.evaluate("window.states"), "it never lost the connection");
            assertTrue(!renewed.isEmpty() && renewed.stream().allMatch(body -> body.contains("refresh_token")));
            ana.say("Still here.");
            ana.sees("Still here.");
        }
    }

    @Test
    void an_owner_invites_and_removes_and_whoever_is_removed_within_an_answer_reads_why_and_gets_no_more(
            Deployed.WithTokens house, Browser browser) throws IOException {
        String ben = "ben-" + UUID.randomUUID().toString().substring(0, 8);
        try (Visitor owner = Visitor.with(browser);
                Visitor guest = new Visitor(browser, 390, ColorScheme.DARK)) {
            owner.signIn(house.address().toString(), "olga-" + ben, "{\"name\": \"" + LONG_NAME + "\"}");
            owner.page.getByLabel("Title of a new private room").fill("Budget of the year after the next one");
            owner.shoot("signin-2-start");
            owner.isAccessible();
            owner.button("New private room").click();
            assertThat(heading(owner, "Budget of the year after the next one")).isVisible();
            String link = owner.page.url();
            assertTrue(link.contains("#/~"), link);

            guest.signIn(link, ben, "{\"name\": \"Ben\"}");
            guest.isRefused("not");
            guest.shoot("signin-3-not-invited-phone-dark");
            guest.isAccessible();

            owner.page.getByLabel("Invite").fill(ben);
            owner.button("Invite").click();
            assertThat(owner.page.getByLabel("What " + ben + " may do")).hasValue("member");
            guest.button("Try again").click();
            guest.seesStatus("Live");
            owner.ask("Count [[demo tokens=5000 gap=40ms numbered]]");
            guest.sees("t3 ");
            owner.shoot("signin-4-owner");
            owner.isAccessible();

            owner.surely(owner.button("Remove " + ben), "Remove?");
            guest.isRefused("You may not be here any more.");
            String seen = guest.answer().innerText();
            int far = seen.split(" t").length + 50;
            owner.sees("t" + far + " ");
            assertEquals(seen, guest.answer().innerText());
            assertThat(guest.composer()).isDisabled();
            guest.shoot("signin-5-removed-phone-dark");
            guest.isAccessible();
            guest.button("Try again").click();
            guest.isRefused("not");

            owner.surely(owner.button("Close this room"), "Close it for everybody?");
            assertThat(heading(owner, "Ask together")).isVisible();
        }
    }

    @Test
    void moderators_stop_and_remove_and_readers_only_read(Deployed.WithTokens house, Browser browser)
            throws IOException {
        String link = house.address() + "#/" + room;
        try (Visitor mo = new Visitor(browser, 1100, ColorScheme.DARK);
                Visitor ben = Visitor.with(browser);
                Visitor rita = new Visitor(browser, 390, ColorScheme.LIGHT)) {
            mo.signIn(link, "mo", "{\"name\": \"Mo\", \"groups\": [\"mods\"]}");
            ben.signIn(link, "ben", "{\"name\": \"" + LONG_NAME + "\"}");
            rita.signIn(link, "rita", "{\"name\": \"Rita\", \"groups\": [\"readers\"]}");
            ben.say("Something rude");
            ben.ask("Count [[demo tokens=5000 gap=40ms numbered]]");
            rita.sees("t3 ");
            assertThat(rita.composer()).hasCount(0);
            assertThat(rita.page.getByText("You may read here, and not write.")).isVisible();
            mo.button("Stop").click();
            ben.seesTheEnd();
            ben.sees("Stopped by Mo");
            mo.shoot("signin-6-moderator-dark");
            rita.shoot("signin-7-reader-phone");
            for (Visitor visitor : new Visitor[] {mo, rita}) {
                visitor.isAccessible();
            }
            assertThat(ben.page.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("Remove")))
                    .hasCount(0);

            Locator said = mo.page.getByRole(AriaRole.ARTICLE).first();
            said.hover();
            mo.surely(mo.button("Remove this message of " + LONG_NAME), "Remove for everybody?");
            mo.surely(mo.button("Remove this question of " + LONG_NAME + " and its answer"), "Remove for everybody?");
            for (Visitor visitor : new Visitor[] {mo, ben, rita}) {
                assertThat(visitor.page.getByRole(AriaRole.ARTICLE)).hasCount(0);
            }
            assertFalse(ben.page.content().contains("Something rude"));

            mo.surely(mo.button("Remove " + LONG_NAME + " from this room"), "Remove?");
            ben.isRefused("You may not be here any more.");
            mo.button("Let in again").click();
            ben.button("Try again").click();
            ben.seesStatus("Live");
        }
    }

    private static Locator heading(Visitor visitor, String text) {
        return visitor.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }
}
