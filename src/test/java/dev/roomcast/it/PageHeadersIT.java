package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What browsers are told to allow, and which pages of other sites may read what. */
@ExtendWith(Deployed.class)
class PageHeadersIT {

    private static final String PORTAL = "https://portal.example.com";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final URI withTokens;

    PageHeadersIT(URI server, Deployed.WithTokens withTokens) {
        this.server = server;
        this.withTokens = withTokens.address();
    }

    @Test
    void everything_comes_with_the_headers_also_what_is_refused_or_not_there() throws Exception {
        for (String path : List.of("", "api/about", "api/me", "api/nothing", "ws", "nothing.js")) {
            HttpResponse<String> response = get(server, path);
            String policy = header(response, "Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'"), path + policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), path + policy);
            assertFalse(policy.contains("unsafe") || policy.contains("*") || policy.contains("http"), policy);
            assertEquals("DENY", header(response, "X-Frame-Options"), path);
            assertEquals("nosniff", header(response, "X-Content-Type-Options"), path);
            assertEquals("no-referrer", header(response, "Referrer-Policy"), path);
        }
    }

    @Test
    void a_portal_may_embed_the_page_when_it_is_named() throws Exception {
        HttpResponse<String> page = get(withTokens, "");
        assertTrue(header(page, "Content-Security-Policy").endsWith("frame-ancestors " + PORTAL));
        assertEquals("", header(page, "X-Frame-Options"));
    }

    @Test
    void pages_of_named_sites_may_use_the_api_and_others_may_not() throws Exception {
        HttpResponse<String> asked = send(HttpRequest.newBuilder(withTokens.resolve("api/tickets"))
                .header("Origin", PORTAL)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(204, asked.statusCode());
        assertEquals(PORTAL, header(asked, "Access-Control-Allow-Origin"));
        assertTrue(header(asked, "Access-Control-Allow-Headers").contains("authorization"));
        for (String origin : List.of("https://evil.example", "null", PORTAL + ".evil.example")) {
            HttpResponse<String> refused =
                    send(HttpRequest.newBuilder(withTokens.resolve("api/about")).header("Origin", origin));
            assertEquals("", header(refused, "Access-Control-Allow-Origin"), origin);
        }
        HttpResponse<String> read =
                send(HttpRequest.newBuilder(withTokens.resolve("api/about")).header("Origin", PORTAL));
        assertEquals(PORTAL, header(read, "Access-Control-Allow-Origin"));
        assertEquals("", header(read, "Access-Control-Allow-Credentials"));
    }

    private HttpResponse<String> get(URI base, String path) throws Exception {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
