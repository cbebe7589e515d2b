package dev.roomcast.connection;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stands between Open Liberty's WebSockets and its TCP channel ({@code TCPWriteRequestContext}), and mends how the one writes to the other:
 *
 * <ul>
 *   <li>An asynchronous write is always queued for another thread, though the channel would write at once what the kernel
 *       takes. It may do so now. That halves what a lone small frame costs.
 *   <li>A blocking write (pings, pongs, close frames) waits for ever if its client does not read, and also if something else
 *       is written meanwhile to a connection that just broke. It ends after a while now.
 * </ul>
 *
 * <p>Thread-safe as far as the channel is.
 */
final class LibertyWriter implements InvocationHandler {

    /** Milliseconds that a blocking write may take. Longer than that, a client's window is closed, and the client as good as gone. */
    static final int PATIENCE = 5_000;

    /** How much later than it was told to, in milliseconds, the channel may give up a write: it looks every second or two. */
    private static final int LATENESS = 5_000;

    /** The channel's own numbers for "no limit"; smaller ones are not times but orders, such as to give up. */
    private static final int NO_TIMEOUT = -1;

    private final Object context;
    private final int patience;
    private final Kind kind;

    private LibertyWriter(Object context, int patience, Kind kind) {
        this.context = context;
        this.patience = patience;
        this.kind = kind;
    }

    /**
     * The interface of what is stood in for, and what of it matters. Immutable.
     *
     * @param type the interface {@code com.ibm.wsspi.tcpchannel.TCPWriteRequestContext}
     * @param write its asynchronous write
     * @param callback what that tells how it ended
     * @param complete how it tells that it ended well
     */
    record Kind(Class<?> type, Method write, Class<?> callback, Method complete) {

        static Kind of(Class<?> type) throws NoSuchMethodException {
            Method write = asynchronousWrite(type);
            Class<?> callback = write.getParameterTypes()[1];
            return new Kind(type, write, callback, callback.getMethod("complete", write.getReturnType(), type));
        }

        private static Method asynchronousWrite(Class<?> type) throws NoSuchMethodException {
            for (Method method : type.getMethods()) {
                if (method.getName().equals("write") && method.getParameterCount() == 4) {
                    return method;
                }
            }
            throw new NoSuchMethodException(type.getName() + ".write");
        }

        /**
         * @param context what implements the interface
         * @param patience milliseconds that a blocking write may take, such as {@link #PATIENCE}
         * @return another one that writes by {@code context}
         */
        Object around(Object context, int patience) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, new LibertyWriter(context, patience, this));
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        try {
            if (method.equals(kind.write)) {
                return writeAtOnce((long) args[0], args[1], (int) args[3]);
            } else if (method.getName().equals("write") && (long) args[0] != 0 && (int) args[1] >= NO_TIMEOUT) {
                return writeAndWait((long) args[0], (int) args[1]);
            }
            return method.invoke(context, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The channel tells the callback only of what it could not write at once. */
    private Object writeAtOnce(long bytes, Object told, int timeout) throws ReflectiveOperationException {
        Object written = kind.write.invoke(context, bytes, told, false, timeout);
        if (written != null) {
            kind.complete.invoke(told, written, context);
        }
        return null;
    }

    private long writeAndWait(long bytes, int timeout) throws ReflectiveOperationException, IOException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Object told = Proxy.newProxyInstance(
                kind.callback.getClassLoader(),
                new Class<?>[] {kind.callback},
                (proxy, method, args) -> tell(end, method, args));
        int most = timeout <= 0 ? patience : Math.min(timeout, patience);
        if (kind.write.invoke(context, bytes, told, false, most) == null) {
            await(end, most + Math.min(LATENESS, most));
        }
        return bytes;
    }

    private static Object tell(CompletableFuture<Void> end, Method method, Object[] args) {
        return switch (method.getName()) {
            case "complete" -> {
                end.complete(null);
                yield null;
            }
            case "error" -> {
                end.completeExceptionally((IOException) args[2]);
                yield null;
            }
            case "equals" -> false;
            case "hashCode" -> 0;
            default -> "LibertyWriter";
        };
    }

    private static void await(CompletableFuture<Void> end, int millis) throws IOException {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (IOException) e.getCause();
        } catch (TimeoutException e) {
            throw new IOException("The connection broke while it was written to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
