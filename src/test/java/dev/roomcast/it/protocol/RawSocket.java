package dev.roomcast.it.protocol;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that may break every rule: bytes out, frames in (RFC 6455). Not thread-safe. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    RawSocket(URI server) throws IOException {
        this(server, 0);
    }

    /** @param receiveBuffer bytes that the system takes for it while it does not read; 0 for as many as it likes */
    RawSocket(URI server, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.setSoTimeout((int) House.PATIENCE.toMillis());
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** Asks for the upgrade, and returns the status of the answer; -1 if there is none. */
    int upgrade(URI socketAddress, String... moreHeaders) throws IOException {
        String head = "GET " + socketAddress.getPath()
                + (socketAddress.getRawQuery() == null ? "" : "?" + socketAddress.getRawQuery())
                + " HTTP/1.1\r\nHost: " + socketAddress.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n" + String.join("\r\n", moreHeaders)
                + (moreHeaders.length == 0 ? "" : "\r\n") + "\r\n";
        return request(head);
    }

    /** Sends this, and returns the status of the answer; -1 if there is none. */
    int request(String head) throws IOException {
        try {
            send(head.getBytes(StandardCharsets.ISO_8859_1));
            String status = line();
            while (!line().isEmpty()) {} // of the headers nothing is wanted
            return Integer.parseInt(status.split(" ")[1]);
        } catch (EOFException | SocketException e) {
            return -1;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c;
        while ((c = in.readUnsignedByte()) != '\n') {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void text(String text) throws IOException {
        frame(FINAL | TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] bytes) throws IOException {
        frame(FINAL | BINARY, true, bytes);
    }

    /** @param head first byte of the frame: flags and opcode */
    void frame(int head, boolean masked, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        int mask = masked ? MASKED : 0;
        frame.put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (masked ? payload[i] ^ MASK[i % 4] : payload[i]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        send(bytes);
    }

    /** As {@link #frame}, of which the server may refuse the rest and hang up: what it says before that is there to be read. */
    void offer(int head, byte[] payload) throws IOException {
        try {
            frame(head, true, payload);
        } catch (SocketException e) {
            // The server's word on it is what counts.
        }
    }

    /** The next text from the server that contains this. */
    String awaitText(String wanted) throws IOException {
        while (true) {
            Received received = receive();
            String text = new String(received.payload, StandardCharsets.UTF_8);
            if (received.opcode == CLOSE) {
                throw new AssertionError("closed instead of " + wanted);
            }
            if (received.opcode == TEXT && text.contains(wanted)) {
                return text;
            }
        }
    }

    /** The code with which the server closes the socket; -1 if it just hangs up. */
    int awaitClose() {
        try {
            while (true) {
                Received received = receive();
                if (received.opcode == CLOSE) {
                    return received.payload.length < 2
                            ? 1005
                            : ByteBuffer.wrap(received.payload).getShort() & 0xffff;
                }
            }
        } catch (EOFException | SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException("The server neither closes nor hangs up", e);
        }
    }

    private Received receive() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte();
        if (length >= 126) {
            length = length == 126 ? in.readUnsignedShort() : in.readLong();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Received(opcode, payload);
    }

    private record Received(int opcode, byte[] payload) {}

    /** Hangs up without a word. */
    @Override
    public void close() throws IOException {
        if (socket.isClosed()) {
            return;
        }
        socket.setSoLinger(true, 0); // with a reset, as a cut cable's other end would see it
        socket.close();
    }
}
