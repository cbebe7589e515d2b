package dev.roomcast.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a browser window of their own, who does with the page what people do. */
final class Visitor implements AutoCloseable {

    private static final double PATIENCE = 30_000;

    final Page page;
    private final BrowserContext context;
    private final List<String> troubles = new ArrayList<>();

    Visitor(Browser browser, int width, ColorScheme scheme) {
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onPageError(troubles::add);
    }

    static Visitor with(Browser browser) {
        return new Visitor(browser, 1280, ColorScheme.LIGHT);
    }

    /** Comes by a link, gives a name, and is in the room. */
    Visitor enter(String link, String name) {
        page.navigate(link);
        page.getByLabel("Your name").fill(name);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enter the room"))
                .click();
        assertThat(composer()).isVisible(within());
        return this;
    }

    /**
     * Comes by a link, signs in at the identity provider, and is in the room or, with a link to none, on the start page.
     *
     * @param claims what the token says of them besides, as JSON
     */
    Visitor signIn(String link, String userId, String claims) {
        page.navigate(link);
        button("Sign in").click();
        page.locator("[name=username]").fill(userId);
        page.locator("[name=claims]").fill(claims);
        page.locator("[type=submit]").click();
        page.waitForURL(link);
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Does what asks whether one is sure. */
    void surely(Locator button, String sure) {
        button.click();
        button(sure).click();
    }

    void isRefused(String why) {
        assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText(why)))
                .isVisible(within());
    }

    void ask(String question) {
        composer().fill(question);
        composer().press("Enter");
    }

    void say(String words) {
        composer().fill(words);
        composer().press("Control+Enter");
    }

    /** The newest answer, with the question above it. */
    Locator answer() {
        return page.getByRole(AriaRole.ARTICLE).last();
    }

    void sees(String text) {
        assertThat(log()).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    void seesMembers(String heading) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading)))
                .isVisible(within());
    }

    void seesStatus(String status) {
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(status)))
                .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    /** Waits until the newest answer has ended. */
    void seesTheEnd() {
        assertThat(answer())
                .hasAttribute("aria-busy", "false", new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
    }

    Locator log() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator composer() {
        return page.getByLabel("Your question or message");
    }

    /** Into target/screenshots. */
    void shoot(String name) {
        var file = Path.of(System.getProperty("roomcast.target"), "screenshots", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    /** By the Tab key alone, from where the focus is. */
    void tabTo(Locator wanted) {
        for (int i = 0; i < 100; i++) {
            if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        fail("no Tab leads to " + wanted);
    }

    /** What axe finds that keeps people out: none of it may be serious or critical. And nobody has to scroll to the side. */
    void isAccessible() throws IOException {
        assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "too wide");
        Path axe = Path.of(System.getProperty("roomcast.target"))
                .resolveSibling("src/main/frontend/node_modules/axe-core/axe.min.js");
        page.evaluate(Files.readString(axe));
        Object found = page.evaluate("axe.run().then(({ violations }) => violations"
                + ".filter(({ impact }) => impact === 'serious' || impact === 'critical')"
                + ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' ')))");
        assertEquals(List.of(), found);
    }

    /** No error was thrown in the page. */
    @Override
    public void close() {
        context.close();
        assertEquals(List.of(), troubles);
    }

    private static LocatorAssertions.IsVisibleOptions within() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }
}
