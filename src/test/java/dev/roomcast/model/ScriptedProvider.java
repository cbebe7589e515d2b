package dev.roomcast.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that does what a test tells it, on a real socket, so that its faults are real ones. */
public final class ScriptedProvider implements AutoCloseable {

    /** What to do with one request that was read in full. */
    public interface Script {
        void play(Call call) throws Exception;
    }

    private final ServerSocket server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Script otherwise;

    public ScriptedProvider(Script... scripts) throws IOException {
        this.scripts.addAll(List.of(scripts));
        daemon(this::accept);
    }

    /** What to do with all requests for which there is no other script. */
    public void always(Script script) {
        otherwise = script;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    /** Head and body of each request, in the order of arrival. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return connections.size();
    }

    /** Connections that neither side has ended. */
    public int open() {
        return open.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                open.incrementAndGet();
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            for (String request = read(connection.getInputStream());
                    request != null;
                    request = read(connection.getInputStream())) {
                requests.add(request);
                Script next = scripts.poll();
                Script script = next == null ? otherwise : next;
                if (script == null) {
                    throw new IllegalStateException("no script for " + request);
                }
                script.play(new Call(connection, request));
            }
        } catch (Exception e) {
            // Being cut is what many tests are about; what the client saw of it is what they look at.
        } finally {
            open.decrementAndGet();
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            String text = head.toString(ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                int length = text.lines()
                        .filter(line -> line.toLowerCase().startsWith("content-length:"))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
                return text + new String(in.readNBytes(length), UTF_8);
            }
        }
        return null;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-provider");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** One request's connection, to answer on. */
    public static final class Call {

        private final Socket connection;
        private final String request;

        private Call(Socket connection, String request) {
            this.connection = connection;
            this.request = request;
        }

        /** Its head and its body. */
        public String request() {
            return request;
        }

        public void raw(String bytes) throws IOException {
            raw(bytes.getBytes(UTF_8));
        }

        public void raw(byte[] bytes) throws IOException {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
        }

        public void reply(int status, String headers, String body) throws IOException {
            raw("HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.getBytes(UTF_8).length
                    + "\r\n\r\n" + body);
        }

        /** Begins an event stream. */
        public void stream() throws IOException {
            raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void chunk(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
            chunk.write(bytes);
            chunk.write("\r\n".getBytes(UTF_8));
            raw(chunk.toByteArray());
        }

        public void chunk(String text) throws IOException {
            chunk(text.getBytes(UTF_8));
        }

        public void event(String data) throws IOException {
            chunk("data: " + data + "\n\n");
        }

        /** A token; {@code text} is written as JSON has it, so that escapes can be tested. */
        public void token(String text) throws IOException {
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}");
        }

        public void finish() throws IOException {
            event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        }

        public void done() throws IOException {
            event("[DONE]");
        }

        public void end() throws IOException {
            raw("0\r\n\r\n");
        }

        public void cut() throws IOException {
            connection.close();
        }

        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        /** Waits until the other side ends the connection. */
        public void awaitEnd(CountDownLatch ended) throws IOException {
            connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(60));
            try {
                while (connection.getInputStream().read() >= 0) {}
                ended.countDown();
            } catch (SocketTimeoutException e) {
                // Not ended.
            } catch (IOException e) {
                ended.countDown();
            }
        }
    }
}
