package dev.roomcast.it;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The tested server seen from outside, as its operating system and its JVM see it. */
public final class ServerProcess {

    private final ProcessHandle process;

    private ServerProcess(ProcessHandle process) {
        this.process = process;
    }

    /** The one that serves this address; where that cannot be told, the first Java that the tests have started. */
    public static ServerProcess at(URI address) {
        return (Listening.canTell()
                        ? first(child -> Listening.isDoneBy(child.pid(), address.getPort()))
                        : first(child -> true))
                .orElseThrow(() -> new AssertionError("The tests have not started what serves " + address));
    }

    private static Optional<ServerProcess> first(Predicate<ProcessHandle> wanted) {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .filter(wanted)
                .min(Comparator.comparing(child -> child.info().startInstant().orElse(Instant.MAX)))
                .map(ServerProcess::new);
    }

    /** What it has used of the processors so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** What is left in its memory after everything that nobody needs was thrown away. */
    public Memory memory() {
        long bytes = 0;
        long ours = 0;
        for (String row : histogram()) {
            String[] cells = row.strip().split("\\s+");
            if (cells.length >= 3 && cells[0].equals("Total")) {
                bytes = Long.parseLong(cells[2]);
            } else if (cells.length >= 4 && cells[3].startsWith("dev.roomcast.")) {
                ours += Long.parseLong(cells[1]);
            }
        }
        return new Memory(bytes, ours);
    }

    /**
     * Its memory once it is as wanted. What a server keeps for a while (sessions of polls, closed connections) is gone then;
     * after two minutes it is taken as it is.
     */
    public Memory memoryOnce(Predicate<Memory> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        Memory memory = memory();
        while (!wanted.test(memory) && System.nanoTime() - deadline < 0) {
            memory = memory(); // takes its time: each look is a full collection
        }
        return memory;
    }

    /** How many objects of these classes are left, after everything that nobody needs was thrown away. */
    public long instances(String... classes) {
        return histogram().stream()
                .map(row -> row.strip().split("\\s+"))
                .filter(cells -> cells.length >= 4 && Arrays.asList(classes).contains(cells[3]))
                .mapToLong(cells -> Long.parseLong(cells[1]))
                .sum();
    }

    /** How many threads are in a method that begins like this. */
    public long threadsIn(String method) {
        return Arrays.stream(String.join("\n", jcmd("Thread.print")).split("\n\n"))
                .filter(thread -> thread.contains("at " + method) || thread.contains("//" + method))
                .count();
    }

    private List<String> histogram() {
        return jcmd("GC.class_histogram"); // it collects before it counts
    }

    private List<String> jcmd(String command) {
        // Of the Java that runs the tests, which is the server's, too.
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.waitFor() != 0) {
                throw new AssertionError("jcmd says: " + answer);
            }
            return answer.lines().toList();
        } catch (IOException e) {
            throw new AssertionError("There is no jcmd", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @param bytes of all live objects
     * @param ours how many of them are of our classes
     */
    public record Memory(long bytes, long ours) {}
}
