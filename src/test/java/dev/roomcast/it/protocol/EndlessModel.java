package dev.roomcast.it.protocol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A provider in OpenAI's shape that never comes to an end, and notices when it is hung up on. */
final class EndlessModel implements AutoCloseable {

    private static final byte[] PIECE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"on \"}}]}\n\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore hungUp = new Semaphore(0);
    private final HttpServer server;

    EndlessModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(PIECE);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20); // as models speak
            }
        } catch (IOException gone) {
            hungUp.release();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody hangs up on it, or has, in time; once for each call. */
    boolean isHungUpOn(long seconds) throws InterruptedException {
        return hungUp.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
