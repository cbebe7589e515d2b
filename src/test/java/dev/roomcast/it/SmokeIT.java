package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Deployed.class)
class SmokeIT {

    @Test
    void the_page_is_served_at_the_root_of_the_application(URI server) throws Exception {
        var request =
                HttpRequest.newBuilder(server).timeout(Duration.ofSeconds(10)).build();
        var page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<script"), page::body);
        assertTrue(page.headers().firstValue("X-Powered-By").isEmpty(), "tells what it is made with");
    }
}
