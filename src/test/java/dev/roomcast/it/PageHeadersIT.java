package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What browsers are told to allow, and which pages of other sites may read what. */
@ExtendWith(Deployed.class)
class PageHeadersIT {

    /** Words by which servers and what is in them give themselves away, in headers, error pages and descriptions. */
    private static final List<String> MADE_OF = List.of(
            "payara",
            "glassfish",
            "grizzly",
            "wildfly",
            "jboss",
            "undertow",
            "liberty",
            "srve0",
            "jersey",
            "resteasy",
            "wadl",
            "servlet",
            "exception",
            "dev.roomcast.");

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
    void what_the_api_answers_or_refuses_is_kept_by_nobody() throws Exception {
        for (String path :
                List.of("api/about", "api/me", "api/nothing", "api/rooms/a%20b/events", "api/rooms/a/events")) {
            assertEquals("no-store", header(get(server, path), "Cache-Control"), path);
        }
    }

    @Test
    void a_method_is_what_it_says_and_not_what_a_header_says() throws Exception {
        HttpResponse<String> overridden = send(HttpRequest.newBuilder(server.resolve("api/rooms/a"))
                .header("X-HTTP-Method-Override", "DELETE")
                .header("X-HTTP-Method", "DELETE")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
        assertEquals(405, overridden.statusCode());
        for (String path : List.of("", "api/about", "api/me")) {
            HttpResponse<String> traced = send(HttpRequest.newBuilder(server.resolve(path))
                    .header("X-Secret", "4711")
                    .method("TRACE", BodyPublishers.noBody()));
            assertFalse(traced.body().contains("4711"), path);
        }
    }

    @Test
    void neither_a_header_nor_a_body_tells_which_server_this_is_or_what_it_is_made_of() throws Exception {
        List<String> told = new ArrayList<>();
        for (String path : List.of(
                "",
                "nothing.js",
                "error",
                "ws",
                "api",
                "api/about",
                "api/me",
                "api/tickets",
                "api/nothing",
                "api/rooms/~nothing/events",
                "api/application.wadl",
                "api/application.wadl/xsd0.xsd")) {
            for (String method : List.of("GET", "OPTIONS", "POST", "PUT", "PATCH")) {
                HttpResponse<String> response = send(HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept", "*/*")
                        .method(method, BodyPublishers.noBody()));
                for (String name : List.of("Server", "X-Powered-By")) {
                    assertTrue(List.of("", "Roomcast").contains(header(response, name)), header(response, name));
                }
                String all = response.headers().map() + response.body();
                MADE_OF.stream()
                        .filter(all.toLowerCase(Locale.ROOT)::contains)
                        .forEach(word -> told.add(method + " /" + path + " tells " + word + ": "
                                + all.substring(0, Math.min(600, all.length()))));
            }
        }
        assertEquals(List.of(), told);
    }

    @Test
    void nothing_but_the_page_is_served_as_a_file() throws Exception {
        String context = server.getPath();
        for (String path : List.of(
                "WEB-INF/beans.xml",
                "%57EB-INF/beans.xml",
                "web-inf/beans.xml",
                "WEB-INF;x/beans.xml",
                "/WEB-INF/beans.xml",
                ";x/WEB-INF/beans.xml",
                "x/../WEB-INF/beans.xml",
                "x/..;/WEB-INF/beans.xml",
                "x/%2e%2e/WEB-INF/beans.xml",
                "META-INF/MANIFEST.MF",
                "WEB-INF/classes/META-INF/microprofile-config.properties",
                "..%2f..%2fserver.xml",
                "../../../../../../etc/passwd",
                "..%5c..%5cserver.xml",
                "assets/",
                "index.html%00.js",
                "api/application.wadl")) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.setSoTimeout(40_000);
                // By hand, as Java's client would tidy the path up.
                String request = "GET " + context + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertFalse(
                        Stream.of("<beans", "Manifest-Version", "roomcast.version", "<server", "root:", "<application")
                                .anyMatch(answer::contains),
                        path + answer);
            }
        }
    }

    @Test
    void a_portal_may_embed_the_page_when_it_is_named() throws Exception {
        HttpResponse<String> page = get(withTokens, "");
        assertTrue(header(page, "Content-Security-Policy").endsWith("frame-ancestors " + PORTAL));
        // Payara says SAMEORIGIN by itself; browsers that know frame-ancestors do not look at it (CSP 3, section
        // 6.4.2).
        assertNotEquals("DENY", header(page, "X-Frame-Options"));
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
