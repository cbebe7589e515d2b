package dev.roomcast.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Processes that stand still for a while, with their connections open. */
public final class Freezing {

    public static void pause(Process process) {
        signal("-STOP", process);
    }

    public static void goOn(Process process) {
        signal("-CONT", process);
    }

    private static void signal(String signal, Process process) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Freezing() {}
}
