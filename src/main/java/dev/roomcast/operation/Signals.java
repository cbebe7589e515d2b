package dev.roomcast.operation;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals by which this process is told to end, {@code SIGTERM} and {@code SIGINT}: something is done first, and only then do they
 * end it. A shutdown hook would come too late: servers stop in hooks of their own, all hooks run at once, and Open Liberty's ends
 * WebSockets without a word as soon as no HTTP request is under way.
 *
 * <p>{@link Signal} is in every JDK, in a module that is made for such uses ({@code jdk.unsupported}), but it is no standard: where it
 * cannot be had, {@link #hold} says so. WildFly gives it to who asks for it in {@code MANIFEST.MF}. Thread-safe.
 */
final class Signals implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Signals.class.getName());

    private final Runnable before;
    private final AtomicBoolean held = new AtomicBoolean();
    private final Map<Signal, SignalHandler> theirs = new ConcurrentHashMap<>();
    private final SignalHandler mine = this::came;
    private volatile boolean closed;

    private Signals(Runnable before) {
        this.before = before;
    }

    /**
     * From now on a signal first has this done, on a thread of its own. A second one ends the process at once.
     *
     * @return lets go of them, or {@code null} if they cannot be held here
     * @throws LinkageError where a server does not let applications have {@link Signal}
     */
    static Signals hold(Runnable before) {
        Signals signals = new Signals(before);
        try {
            signals.take("TERM");
            signals.take("INT");
            return signals;
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "Signals are somebody else's here", e); // of the JVM's own, after -Xrs
            signals.close();
            return null;
        }
    }

    private void take(String name) {
        Signal signal = new Signal(name);
        theirs.put(signal, Signal.handle(signal, mine));
    }

    private void came(Signal signal) {
        if (!closed && held.compareAndSet(false, true)) {
            new Thread(() -> endAfter(signal), "roomcast-drain").start();
        } else {
            end(signal);
        }
    }

    private void endAfter(Signal signal) {
        try {
            before.run();
        } finally {
            end(signal);
        }
    }

    private void end(Signal signal) {
        SignalHandler next = theirs.get(signal);
        if (next == SignalHandler.SIG_DFL) {
            System.exit(128 + signal.getNumber()); // what nobody else does, as by default
        }
        next.handle(signal);
    }

    @Override
    public void close() {
        closed = true;
        theirs.forEach((signal, next) -> {
            SignalHandler last = Signal.handle(signal, next);
            if (last != mine) {
                Signal.handle(signal, last); // another application's, which came later and knows of us
            }
        });
    }
}
