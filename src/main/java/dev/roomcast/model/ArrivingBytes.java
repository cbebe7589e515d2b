package dev.roomcast.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of a reply, to be read while it arrives.
 *
 * <p>The JDK's own stream throws away what it holds when the connection breaks; here, all that came is read before the
 * break is told. Guarded by itself; {@link #close()} wakes whoever reads.
 */
final class ArrivingBytes extends InputStream implements BodySubscriber<InputStream> {

    private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
    private Flow.Subscription subscription;
    private boolean ended;
    private Throwable broken;
    private boolean closed;

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean wanted;
        synchronized (this) {
            this.subscription = subscription;
            wanted = !closed;
        }
        if (wanted) {
            subscription.request(1);
        } else {
            subscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        boolean nothing;
        synchronized (this) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.hasRemaining()) {
                    arrived.add(buffer);
                }
            }
            nothing = arrived.isEmpty();
            notifyAll();
        }
        if (nothing) {
            subscription.request(1);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        broken = failure;
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void onComplete() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        boolean hungry;
        synchronized (this) {
            await();
            ByteBuffer first = arrived.peek();
            if (first == null) {
                return -1;
            }
            count = Math.min(length, first.remaining());
            first.get(into, offset, count);
            if (!first.hasRemaining()) {
                arrived.remove();
            }
            hungry = arrived.isEmpty() && !ended;
        }
        if (hungry) {
            subscription.request(1); // one batch at a time: a slow reader slows the provider
        }
        return count;
    }

    /** Waits until there is something, or never will be. */
    private void await() throws IOException {
        try {
            while (arrived.isEmpty() && !ended && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (closed) {
            throw new IOException("closed");
        }
        if (arrived.isEmpty() && broken != null) {
            throw new IOException(broken);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int available() {
        return arrived.isEmpty() ? 0 : arrived.peek().remaining();
    }

    @Override
    public void close() {
        Flow.Subscription open;
        synchronized (this) {
            closed = true;
            arrived.clear();
            open = subscription;
            notifyAll();
        }
        if (open != null) {
            open.cancel();
        }
    }
}
