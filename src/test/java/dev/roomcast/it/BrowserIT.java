package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as people see it. Screenshots are in target/screenshots. */
@ExtendWith(Deployed.class)
class BrowserIT {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        var chromium = Needs.browser();
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS));
    }

    @AfterAll
    static void close() {
        if (playwright != null) playwright.close();
    }

    @Test
    void two_people_open_the_page(URI server) {
        try (BrowserContext ana = browser.newContext();
                BrowserContext ben = browser.newContext()) {
            for (var person : List.of(ana, ben)) {
                Page page = person.newPage();
                page.navigate(server.toString());
                assertFalse(page.title().isBlank());
                shoot(page, person == ana ? "ana" : "ben");
            }
        }
    }

    private static void shoot(Page page, String name) {
        var file = Path.of(System.getProperty("roomcast.target"), "screenshots", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
