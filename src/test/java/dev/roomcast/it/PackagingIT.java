package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the two things that people install: no identity, and nothing that would start a second process. */
@Tag("runnable")
class PackagingIT {

    private static final Pattern SETTINGS = Pattern.compile("\\.(properties|xml|env|options|ya?ml|json|conf)$");

    /** {@code roomcast.identity=x}, {@code ROOMCAST_IDENTITY: x}, {@code <roomcast.identity>x}, {@code name="roomcast.identity" value="x"}. */
    private static final Pattern IDENTITY =
            Pattern.compile("(?i)roomcast[._-]identity[\"']?\\s*([=:>]|\\w*value=)\\s*[\"']?(?!none\\b)\\w");

    @ParameterizedTest
    @ValueSource(strings = {"roomcast.war", "roomcast.jar"})
    void nothing_that_is_installed_sets_an_identity(String name) throws IOException {
        var names = settings(name).map(Setting::name).toList();
        var ours = (name.endsWith(".jar") ? "wlp/usr/servers/roomcast/apps/roomcast.war!" : "")
                + "WEB-INF/classes/META-INF/microprofile-config.properties";
        assertTrue(names.contains(ours), () -> "looked at " + names);
        var found = settings(name)
                .flatMap(setting ->
                        setting.lines().filter(line -> IDENTITY.matcher(line).find()));
        assertEquals(List.of(), found.toList());
    }

    @Test
    void the_runnable_jar_has_the_configuration_but_no_password_and_no_options_that_start_a_second_jvm()
            throws IOException {
        var names = settings("roomcast.jar").map(Setting::name).toList();
        assertTrue(names.contains("wlp/usr/servers/roomcast/server.xml"), names::toString);
        assertTrue(names.stream().noneMatch(name -> name.endsWith("jvm.options")), names::toString);
        assertTrue(settings("roomcast.jar").noneMatch(setting -> setting.text.contains("keystore_password")));
    }

    @Test
    void the_page_is_in_the_war() throws IOException {
        try (var war = Files.newInputStream(built("roomcast.war"))) {
            var names = new ArrayList<String>();
            var zip = new ZipInputStream(war);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) names.add(entry.getName());
            assertTrue(names.contains("index.html"), names::toString);
        }
    }

    private record Setting(String name, String text) {

        /** Each with the setting's name, and without comments. */
        Stream<String> lines() {
            return text.lines().filter(line -> !line.strip().startsWith("#")).map(line -> name + ": " + line.strip());
        }
    }

    private static Stream<Setting> settings(String archive) throws IOException {
        var settings = new ArrayList<Setting>();
        try (var in = Files.newInputStream(built(archive))) {
            collect(in, "", settings);
        }
        return settings.stream();
    }

    private static void collect(InputStream archive, String prefix, List<Setting> settings) throws IOException {
        var zip = new ZipInputStream(archive);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var name = prefix + entry.getName();
            // Libraries of the WAR count, too; those of the server are not ours.
            if (name.endsWith(".war") || name.contains("WEB-INF/lib/") && name.endsWith(".jar"))
                collect(zip, name + "!", settings);
            else if (SETTINGS.matcher(name).find())
                settings.add(new Setting(name, new String(zip.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    private static Path built(String name) {
        return Path.of(System.getProperty("roomcast.target"), name);
    }
}
