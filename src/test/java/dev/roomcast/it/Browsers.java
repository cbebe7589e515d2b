package dev.roomcast.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for all tests of a run: {@code @ExtendWith(Browsers.class)}, then a parameter of type {@link Browser}. */
final class Browsers implements BeforeAllCallback, ParameterResolver {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Override
    public void beforeAll(ExtensionContext context) {
        Needs.browser(); // or the whole class is skipped
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Browsers.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .browser;
    }

    private static final class Running implements CloseableResource {
        private final Playwright playwright = Playwright.create();
        private final Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Needs.browser())
                        .setArgs(FLAGS));

        @Override
        public void close() {
            playwright.close();
        }
    }
}
