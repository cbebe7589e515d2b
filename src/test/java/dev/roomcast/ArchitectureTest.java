package dev.roomcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which, and which may know what from outside (src/docs/architecture.md). */
class ArchitectureTest {

    /** Each of our packages, and those of ours that it may know. */
    private static final Map<String, List<String>> MAY_KNOW = new TreeMap<>(Map.of(
            "room", List.of(),
            "concurrent", List.of(),
            "model", List.of("room", "member", "concurrent"),
            "redis", List.of("concurrent"),
            "journal", List.of("room", "redis", "concurrent"),
            "member", List.of("room", "redis", "concurrent"),
            "assistant", List.of("room", "model", "member", "concurrent"),
            "connection", List.of("room", "member", "assistant", "concurrent"),
            "operation", List.of("room", "model", "member", "assistant", "connection", "concurrent")));

    /** What is known to one package alone, so that the others need not change when it does. */
    private static final Map<String, List<String>> KNOWN_TO_ONE = Map.of(
            "connection", List.of("jakarta.websocket..", "jakarta.ws.rs.sse.."),
            "redis", List.of("io.lettuce..", "io.netty..", "reactor.."),
            "model",
                    List.of(
                            "jakarta.ws.rs.client..",
                            "org.glassfish.jersey..",
                            "org.jboss.resteasy..",
                            "dev.langchain4j.."));

    private static final Path SOURCES = Path.of("src/main/java/dev/roomcast");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.roomcast");

    @TestFactory
    Stream<DynamicTest> a_package_knows_only_what_it_may() {
        return MAY_KNOW.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Set<String> forbidden = new TreeSet<>(MAY_KNOW.keySet());
                    forbidden.remove(entry.getKey());
                    forbidden.removeAll(entry.getValue());
                    noClasses()
                            .that()
                            .resideInAPackage(ours(entry.getKey()))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden.stream()
                                    .map(ArchitectureTest::ours)
                                    .toArray(String[]::new))
                            .check(ALL);
                }));
    }

    @TestFactory
    Stream<DynamicTest> some_things_are_known_to_one_package_alone() {
        return KNOWN_TO_ONE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getValue().toString(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackage(ours(entry.getKey()))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(entry.getValue().toArray(String[]::new))
                                .check(ALL)));
    }

    /** The doors: where people and programs come in, and what tells requests of this machine from others. */
    @Test
    void servlets_are_known_at_the_doors_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ours("connection"), "dev.roomcast.model.demo")
                .and()
                .doNotHaveFullyQualifiedName("dev.roomcast.member.Loopback")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .check(ALL);
    }

    @Test
    void no_package_knows_itself_by_way_of_others() {
        slices().matching("dev.roomcast.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void every_class_is_in_a_package_that_has_its_place_above() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                // The root package says what is served, and so knows them all.
                                Stream.of("dev.roomcast"),
                                MAY_KNOW.keySet().stream().map(ArchitectureTest::ours))
                        .toArray(String[]::new))
                .check(ALL);
        assertTrue(ALL.size() > 50, "the classes were not found");
    }

    @Test
    void every_package_tells_its_part_of_the_story() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Set<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    List.of(),
                    packages.stream()
                            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                            .toList());
        }
    }

    private static String ours(String name) {
        return "dev.roomcast." + name + "..";
    }
}
