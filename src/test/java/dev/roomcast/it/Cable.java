package dev.roomcast.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to a server, which can be cut: a TCP proxy on this machine. While it is cut, what is open is broken and what is new is
 * refused, as with a cable that somebody pulled.
 */
public final class Cable implements AutoCloseable {

    private final ServerSocket entrance;
    private volatile int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Integer> lost = ConcurrentHashMap.newKeySet();
    private final Set<Integer> brokenOff = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    /** @param server its port on this machine */
    public Cable(int server) throws IOException {
        this.server = server;
        this.entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept, "cable-entrance");
    }

    /** Where the server is by way of this cable, on this machine. */
    public int port() {
        return entrance.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(Cable::breakOff);
        open.clear();
    }

    /** Nothing arrives any more on what is open, and nobody is told: as with a router that died. */
    public void hush() {
        silence = new CountDownLatch(1);
    }

    /**
     * One of what is open leads nowhere from now on, for good, and nobody is told: as behind a firewall that forgot it.
     *
     * @param connection by the order in which they were opened, from 0
     */
    public void lose(int connection) {
        lost.add(connection);
    }

    /** What is opened from now on leads to another server, as when a name was given to that one; what is open stays as it is. */
    public void lead(int server) {
        this.server = server;
    }

    /** After {@link #cut} or {@link #hush}. What was held back arrives. */
    public void mend() {
        cut = false;
        silence.countDown();
    }

    /** Whether one of its ends gave it up without a farewell, and with all that it had sent and that had not arrived. */
    public boolean isBrokenOff(int connection) {
        return brokenOff.contains(connection);
    }

    /** How many have been opened, closed ones included. */
    public int opened() {
        return connections.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                if (cut) {
                    breakOff(near);
                    continue;
                }
                Socket far = new Socket(InetAddress.getByName("127.0.0.1"), server);
                open.add(near);
                open.add(far);
                int number = connections.getAndIncrement();
                start(() -> pump(number, near, far), "cable-up");
                start(() -> pump(number, far, near), "cable-down");
            } catch (IOException e) {
                // The entrance was closed, or the server is away: the browser will see it.
            }
        }
    }

    private void pump(int number, Socket from, Socket to) {
        try (from;
                to) {
            byte[] buffer = new byte[16 * 1024];
            for (int n = read(number, from, buffer); n >= 0; n = read(number, from, buffer)) {
                silence.await();
                if (!lost.contains(number)) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
        } catch (IOException | InterruptedException e) {
            // Cut, or one side is gone.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private int read(int number, Socket from, byte[] buffer) throws IOException {
        try {
            return from.getInputStream().read(buffer);
        } catch (IOException e) {
            if (!from.isClosed()) {
                brokenOff.add(number);
            }
            throw e;
        }
    }

    /** Without a farewell: the other side sees a reset. */
    private static void breakOff(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is broken already.
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
        mend();
    }
}
