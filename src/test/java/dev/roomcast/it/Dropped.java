package dev.roomcast.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One more WAR on the running Open Liberty, for the tests of a profile alone: Arquillian deploys before the first test, and for all of them. */
public final class Dropped {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Deploys it, and waits until it answers.
     *
     * @param path that is there once it is deployed
     * @return its address, with a slash at the end
     */
    public static URI deploy(WebArchive war, String path) throws IOException, InterruptedException {
        String port = System.getProperty("it.http.port");
        Path dropins = Path.of(System.getProperty("it.directory"), "liberty", "servers", "it-" + port, "dropins");
        Files.createDirectories(dropins);
        war.as(ZipExporter.class).exportTo(dropins.resolve(war.getName()).toFile(), true);
        String context = war.getName().replaceFirst("\\.war$", "");
        URI address = URI.create("http://localhost:" + port + "/" + context + "/");
        awaitAnswer(address.resolve(path), PATIENCE);
        return address;
    }

    /** Waits until something other than "not found" is answered there. */
    static void awaitAnswer(URI address, Duration patience) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        long deadline = System.nanoTime() + patience.toNanos();
        Object last = "nothing";
        while (System.nanoTime() - deadline < 0) {
            try {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (status != 404) {
                    return;
                }
                last = status;
            } catch (IOException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(200); // between two looks
        }
        throw new AssertionError("No answer from " + address + ", but " + last);
    }

    private Dropped() {}
}
