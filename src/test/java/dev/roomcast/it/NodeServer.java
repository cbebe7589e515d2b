package dev.roomcast.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a node runs on: each starts as one process, which is the server itself. */
public enum NodeServer {
    /** Open Liberty with the WAR in it; its port is in the environment. */
    RUNNABLE_JAR {
        @Override
        List<String> command(Path target, Path folder, int port, int managementPort) {
            return java(
                    "-Xmx256m",
                    "-XX:+UseSerialGC", // several of them share this machine, and none lives long
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    target.resolve("roomcast.jar").toString());
        }
    },

    PAYARA {
        @Override
        List<String> command(Path target, Path folder, int port, int managementPort) {
            return java(
                    LARGER,
                    "-jar",
                    System.getProperty("it.payara.jar"),
                    "--nocluster",
                    "--contextroot",
                    "/",
                    "--port",
                    Integer.toString(port),
                    "--deploy",
                    target.resolve("roomcast.war").toString());
        }
    },

    /** Its health is on the management port. */
    WILDFLY {
        @Override
        List<String> command(Path target, Path folder, int port, int managementPort) throws IOException {
            Path home = Path.of(System.getProperty("it.wildfly.home"));
            Path configuration = folder.resolve("configuration");
            copy(home.resolve("standalone/configuration"), configuration);
            // Without what the server that runs beside has deployed.
            Path server = configuration.resolve("standalone-microprofile.xml");
            Files.writeString(server, Files.readString(server).replaceAll("(?s)<deployments>.*</deployments>", ""));
            Path deployments = Files.createDirectories(folder.resolve("deployments"));
            Files.copy(target.resolve("roomcast.war"), deployments.resolve("ROOT.war"));
            return java(
                    LARGER,
                    "-Dlogging.configuration="
                            + configuration.resolve("logging.properties").toUri(),
                    "-jar",
                    home.resolve("jboss-modules.jar").toString(),
                    "-mp",
                    home.resolve("modules").toString(),
                    "org.jboss.as.standalone",
                    "-c",
                    "standalone-microprofile.xml",
                    "-Djboss.home.dir=" + home,
                    "-Djboss.server.base.dir=" + folder,
                    "-Djboss.http.port=" + port,
                    "-Djboss.management.http.port=" + managementPort,
                    "-Djboss.https.port=0",
                    "-Djboss.ajp.port=0");
        }
    };

    private static final String LARGER = "-Xmx512m";

    /** The one that the profile chose. */
    public static NodeServer tested() {
        return switch (System.getProperty("arquillian.launch")) {
            case "payara" -> PAYARA;
            case "wildfly" -> WILDFLY;
            default -> RUNNABLE_JAR;
        };
    }

    /** @param folder the node's own, which need not exist */
    abstract List<String> command(Path target, Path folder, int port, int managementPort) throws IOException;

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
