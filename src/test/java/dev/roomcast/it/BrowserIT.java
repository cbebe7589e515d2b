package dev.roomcast.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as people see it, with real browsers on the real server. Screenshots are in target/screenshots. */
@ExtendWith({Deployed.class, Browsers.class})
class BrowserIT {

    private final String room = "room-" + UUID.randomUUID();

    @Test
    void two_people_and_a_late_joiner_see_the_same_answer_grow(URI server, Browser browser) throws IOException {
        try (Visitor ana = Visitor.with(browser);
                Visitor ben = new Visitor(browser, 390, ColorScheme.DARK);
                Visitor cyan = new Visitor(browser, 1100, ColorScheme.DARK)) {
            ana.page.navigate(server.toString());
            assertThat(ana.page.getByLabel("Your name")).isVisible();
            ana.shoot("1-lobby");
            ana.isAccessible();
            ana.enter(server + "#/" + room, "Ana Lee");
            ana.shoot("2-empty-room");
            ben.enter(ana.page.url(), "Ben");
            ana.seesMembers("2 people here");

            ben.say("Shall we ask?");
            ana.sees("Shall we ask?");
            // Longer than any of this takes, however slow the machine; ended by hand.
            ana.ask("Count for us [[demo tokens=5000 gap=40ms numbered]]");
            for (Visitor visitor : new Visitor[] {ana, ben}) {
                visitor.sees("Count for us");
                visitor.sees("t5 ");
            }
            cyan.enter(ana.page.url(), "Cyan");
            cyan.sees("t0 t1 t2");
            assertThat(ana.answer()).hasAttribute("aria-busy", "true");
            cyan.shoot("3-late-joiner-dark");
            ana.shoot("4-answer-grows");
            ben.shoot("5-phone-dark");

            stop(ana).click();
            Set<String> shown = new HashSet<>();
            for (Visitor visitor : new Visitor[] {ana, ben, cyan}) {
                visitor.seesTheEnd();
                shown.add(counted(visitor.answer().innerText()));
            }
            assertEquals(1, shown.size(), shown::toString);
            ana.seesMembers("3 people here");
            cyan.page.close();
            ana.seesMembers("2 people here");
            ana.isAccessible();
            ben.isAccessible();
        }
    }

    @Test
    void answers_are_shown_as_markdown_and_cannot_run_or_load_anything(URI server, Browser browser) throws IOException {
        try (Visitor ana = Visitor.with(browser)) {
            ana.enter(server + "#/" + room, "Ana Lee");
            ana.ask("Write a Java function that reverses a string");
            assertThat(ana.answer().locator("pre code")).containsText("static String reverse");
            ana.seesTheEnd();
            ana.shoot("6-markdown");
            // Once said, and once as an answer: the demo begins its own with what it was asked.
            String hostile = "<img src=x onerror=alert(1)> ![](http://127.0.0.1:1/leak.png) [x](javascript:alert(1))";
            ana.say(hostile);
            ana.sees("<img src=x onerror=alert(1)>");
            ana.ask(hostile.replace("javascript", "vbscript")); // which it would write code in
            assertThat(ana.answer()).containsText("You asked:");
            ana.seesTheEnd();
            assertEquals(0, ana.log().locator("img").count());
            assertEquals(0, ana.log().locator("a[href*=script]").count());
            ana.isAccessible();
        }
    }

    @Test
    void an_answer_that_is_too_much_to_be_drawn_is_shown_as_it_was_written_and_the_page_goes_on(
            URI server, Browser browser) {
        try (Visitor ana = Visitor.with(browser);
                Visitor ben = Visitor.with(browser)) {
            ana.enter(server + "#/" + room, "Ana Lee");
            ben.enter(server + "#/" + room, "Ben");
            ana.ask("Rewrite: " + ">".repeat(15_000)
                    + " the end [[demo gap=0ms]]"); // which it does at the beginning of a line
            ana.seesTheEnd();
            ben.seesTheEnd();
            ben.sees(">>> the end");
            ben.say("Are you still there?");
            ana.sees("Are you still there?");
        }
    }

    @Test
    void who_asked_may_stop_the_answer_and_everybody_sees_that(URI server, Browser browser) {
        try (Visitor ana = Visitor.with(browser);
                Visitor ben = Visitor.with(browser)) {
            ana.enter(server + "#/" + room, "Ana Lee");
            ben.enter(server + "#/" + room, "Ben");
            ana.ask("Count [[demo tokens=5000 gap=40ms numbered]]");
            ben.sees("t3 ");
            assertThat(stop(ben)).hasCount(0);
            stop(ana).click();
            ana.seesTheEnd();
            ben.seesTheEnd();
            ben.sees("topped");
        }
    }

    @Test
    void who_has_no_mouse_comes_in_asks_and_stops(URI server, Browser browser) {
        try (Visitor ana = Visitor.with(browser)) {
            ana.page.navigate(server + "#/" + room);
            ana.tabTo(ana.page.getByLabel("Your name"));
            ana.page.keyboard().type("Ana Lee");
            ana.page.keyboard().press("Enter");
            assertThat(ana.composer()).isVisible();
            ana.tabTo(ana.composer());
            ana.page.keyboard().type("Count [[demo tokens=5000 gap=40ms numbered]]");
            ana.page.keyboard().press("Enter");
            ana.sees("t3 ");
            ana.tabTo(stop(ana));
            ana.page.keyboard().press("Enter");
            ana.seesTheEnd();
            ana.sees("topped");
        }
    }

    private static Locator stop(Visitor visitor) {
        return visitor.page.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("Stop"));
    }

    /** The numbers in what is shown, which go up from 0 without a hole. */
    private static String counted(String shown) {
        String numbers = Pattern.compile("\\bt\\d+")
                .matcher(shown)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(" "));
        int many = numbers.split(" ").length;
        assertEquals(IntStream.range(0, many).mapToObj(i -> "t" + i).collect(Collectors.joining(" ")), numbers);
        assertTrue(many > 5, shown);
        return numbers;
    }
}
