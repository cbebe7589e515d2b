package dev.roomcast.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Which process listens on a port, as Linux tells it (proc(5)). */
final class Listening {

    /** Only Linux does. */
    static boolean canTell() {
        return Files.exists(Path.of("/proc/net/tcp"));
    }

    /** Whether this process is the one that listens on the port. */
    static boolean isDoneBy(long pid, int port) {
        String listening = inode(port);
        return sockets(pid).anyMatch(inode -> inode.equals(listening));
    }

    /** Of the socket that listens on the port. */
    private static String inode(int port) {
        String local = ":%04X".formatted(port);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/net", table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(column -> column[1].endsWith(local) && column[3].equals("0A"))
                .map(column -> column[9])
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody listens on " + port));
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** The inodes of the sockets that a process holds. */
    private static Stream<String> sockets(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.map(Listening::target).toList().stream()
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1));
        } catch (IOException endedMeanwhile) {
            return Stream.empty();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private Listening() {}
}
