package dev.roomcast.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibertyWriterTest {

    private static final long ALL = -1;
    private static final String CONNECTION = "connection";

    /** Open Liberty's {@code TCPWriteRequestContext}, as far as it matters. */
    interface Context {
        String write(long bytes, Callback callback, boolean forceQueue, int timeout);

        long write(long bytes, int timeout) throws IOException;

        void setBuffers(String buffers);
    }

    interface Callback {
        void complete(String connection, Context context);

        void error(String connection, Context context, IOException failure);
    }

    /** A channel that can be told what becomes of a write. */
    private static final class Channel implements Context {
        private boolean takesAll = true;
        private IOException fails;
        private boolean queued;
        private Callback waiting;
        private int orders;
        private String buffers;

        @Override
        public String write(long bytes, Callback callback, boolean forceQueue, int timeout) {
            queued |= forceQueue;
            if (fails != null) {
                callback.error(CONNECTION, this, fails);
                return null;
            }
            waiting = takesAll ? null : callback;
            return takesAll ? CONNECTION : null;
        }

        @Override
        public long write(long bytes, int timeout) {
            orders++;
            return 0;
        }

        @Override
        public void setBuffers(String buffers) {
            this.buffers = buffers;
        }
    }

    private static final class Told implements Callback {
        private final List<Object> what = new ArrayList<>();

        @Override
        public void complete(String connection, Context context) {
            what.add(context);
        }

        @Override
        public void error(String connection, Context context, IOException failure) {
            what.add(failure);
        }
    }

    private final Channel channel = new Channel();
    private final Told told = new Told();
    private final Context writer = around(channel);

    private static Context around(Context channel) {
        try {
            return (Context) LibertyWriter.Kind.of(Context.class).around(channel, 20);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_the_kernel_takes_at_once_is_written_by_the_caller_and_told() {
        writer.write(ALL, told, true, -1);

        assertFalse(channel.queued);
        assertEquals(List.of(channel), told.what);
    }

    @Test
    void what_it_does_not_take_is_told_by_the_channel_later() {
        channel.takesAll = false;
        writer.write(ALL, told, true, -1);
        assertEquals(List.of(), told.what);

        channel.waiting.complete(CONNECTION, channel);
        assertEquals(List.of(channel), told.what);
    }

    @Test
    void a_write_that_fails_is_told_once() {
        channel.fails = new IOException("Broken pipe");
        writer.write(ALL, told, true, -1);

        assertEquals(List.of(channel.fails), told.what);
    }

    @Test
    void a_blocking_write_returns_what_was_written() throws IOException {
        assertEquals(ALL, writer.write(ALL, 0));
    }

    @Test
    void a_blocking_write_fails_as_the_channel_does() {
        channel.fails = new IOException("Broken pipe");

        assertSame(channel.fails, assertThrows(IOException.class, () -> writer.write(ALL, -1)));
    }

    @Test
    void a_blocking_write_ends_although_the_channel_never_tells_of_it() {
        channel.takesAll = false;

        assertThrows(IOException.class, () -> writer.write(ALL, -1));
    }

    @Test
    void orders_and_everything_else_reach_the_channel() throws IOException {
        writer.write(0, -2);
        writer.setBuffers("Hello");

        assertEquals(1, channel.orders);
        assertEquals("Hello", channel.buffers);
    }
}
