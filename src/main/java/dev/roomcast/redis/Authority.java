package dev.roomcast.redis;

import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * Whose certificates a Redis with TLS is trusted by, as {@code roomcast.redis.ca-file} names it: the only ones then. Immutable; the file is read
 * again for each connection, so that it may be renewed.
 *
 * @param file PEM
 */
record Authority(Path file) {

    /** @throws IllegalArgumentException with a sentence that names the setting */
    static Authority of(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return new Authority(Path.of(file));
            }
        } catch (IOException | CertificateException | RuntimeException e) {
            throw none(e);
        }
        throw none(null);
    }

    private static IllegalArgumentException none(Exception cause) {
        return new IllegalArgumentException(
                "roomcast.redis.ca-file has to name a file with certificates, as PEM, that can be read.", cause);
    }

    SslOptions trusted() {
        return SslOptions.builder().trustManager(file.toFile()).build();
    }
}
