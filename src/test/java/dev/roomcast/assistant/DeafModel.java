package dev.roomcast.assistant;

import dev.roomcast.model.LanguageModel;
import dev.roomcast.model.ModelFailed;
import dev.roomcast.model.ModelStream;
import dev.roomcast.model.Prompt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A model that does not notice that it is hung up on. */
final class DeafModel implements LanguageModel {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final BlockingQueue<String> script = new LinkedBlockingQueue<>();
    private volatile ModelFailed stuck;

    void awaitAsked() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void says(String text) {
        script.add(text);
    }

    /** Whoever reads it does not come out any more, and its time is over. */
    void isStuck(ModelFailed why) {
        stuck = why;
    }

    @Override
    public String name() {
        return "deaf";
    }

    @Override
    public ModelStream open(Prompt prompt) {
        return new ModelStream() {
            @Override
            public String next() {
                asked.countDown();
                try {
                    return script.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public Ending ending() {
                throw new IllegalStateException("It never ends");
            }

            @Override
            public ModelFailed stuck() {
                return stuck;
            }

            @Override
            public void close() {}
        };
    }
}
