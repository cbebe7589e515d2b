package dev.roomcast.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of its own and what it has signed, made by the JDK's own tool. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** @param folder which is thrown away by whoever made it */
    Certificates(Path folder) {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "authority", "-dname", "CN=House authority", "-ext", "bc:c=ca:true");
        export("authority");
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return file("authority");
    }

    /** What a Redis needs that is called so. */
    List<String> redis(String name) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name);
        keytool(
                "-certreq",
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".request").toString());
        keytool(
                "-gencert",
                "-alias",
                "authority",
                "-rfc",
                "-ext",
                (name.matches("[0-9.]+") ? "san=ip:" : "san=dns:") + name,
                "-infile",
                folder.resolve(name + ".request").toString(),
                "-outfile",
                file(name).toString());
        return List.of(
                "--tls-cert-file",
                file(name).toString(),
                "--tls-key-file",
                key(name).toString(),
                "--tls-ca-cert-file",
                authority().toString(),
                "--tls-auth-clients",
                "no");
    }

    private Path file(String name) {
        return folder.resolve(name + ".pem");
    }

    private void export(String name) {
        keytool("-exportcert", "-rfc", "-alias", name, "-file", file(name).toString());
    }

    /** PKCS 8, which keytool does not write by itself. */
    private Path key(String name) {
        try (var in = Files.newInputStream(store())) {
            var keys = java.security.KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return Files.writeString(
                    folder.resolve(name + ".key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private void keytool(String action, String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.add(action);
            command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
            command.addAll(action.equals("-genkeypair") ? List.of("-keyalg", "EC") : List.of());
            command.addAll(List.of(arguments));
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
