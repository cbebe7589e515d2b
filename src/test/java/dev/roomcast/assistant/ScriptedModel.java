package dev.roomcast.assistant;

import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Prompt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that says what a test tells it to, in the order in which it is told, and is silent otherwise. */
final class ScriptedModel implements LanguageModel {

    private static final ModelStream.Ending STOP = new ModelStream.Ending("stop", new ModelStream.Usage(10, 20));

    private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile Prompt prompt;
    private final String name;
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedModel() {
        this("scripted");
    }

    ScriptedModel(String name) {
        this.name = name;
    }

    void says(String text) {
        script.add(text);
    }

    void ends() {
        ends(STOP);
    }

    void ends(ModelStream.Ending ending) {
        script.add(ending);
    }

    void fails(String code, String message) {
        script.add(new ModelFailed(code, message, true, null, null));
    }

    void breaks(Throwable with) {
        script.add(with);
    }

    /** Whether it is hung up on, if need be within a while: an answer that is stopped before it opened ends a moment sooner. */
    boolean isClosed() {
        try {
            return closed.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until so many questions have come. */
    synchronized void awaitOpened(int many) {
        try {
            while (opened.get() < many) {
                wait(10_000);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int opened() {
        return opened.get();
    }

    Prompt prompt() {
        return prompt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelStream open(Prompt asked) {
        prompt = asked;
        synchronized (this) {
            opened.incrementAndGet();
            notifyAll();
        }
        return new ModelStream() {

            private final HungUp hungUp = new HungUp();
            private Ending ending;

            @Override
            public String next() throws ModelFailed {
                Object next;
                try {
                    do {
                        next = script.take();
                    } while (next instanceof HungUp other && other != hungUp); // meant for an answer that is over
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (next == hungUp) {
                    throw new ModelFailed("model-stopped", "Hung up.", true, null, null);
                }
                if (next instanceof ModelFailed failed) {
                    throw failed;
                }
                if (next instanceof RuntimeException broken) {
                    throw broken;
                }
                if (next instanceof Error broken) {
                    throw broken;
                }
                if (next instanceof Ending end) {
                    ending = end;
                    return null;
                }
                return (String) next;
            }

            @Override
            public Ending ending() {
                return ending;
            }

            @Override
            public void close() {
                closed.countDown();
                script.add(hungUp);
            }
        };
    }

    private static final class HungUp {}
}
