package dev.roomcast.redis;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** An authority of its own and what it has signed, as PEM files. */
final class Certificates {

    private static final X500Name AUTHORITY = new X500Name("CN=House authority");

    private final Path folder;
    private final KeyPair keys = keys();

    /** @param folder which is thrown away by whoever made it */
    Certificates(Path folder) {
        this.folder = folder;
        certify("authority", AUTHORITY, keys, Extension.basicConstraints, true, new BasicConstraints(true));
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return folder.resolve("authority.pem");
    }

    /** What a Redis needs that is called so. */
    List<String> redis(String name) {
        KeyPair own = keys();
        int kind = name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        Path certificate = certify(
                name,
                new X500Name("CN=" + name),
                own,
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(kind, name)));
        Path key = write(
                name + ".key", new PemObject("PRIVATE KEY", own.getPrivate().getEncoded()));
        return List.of(
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                authority().toString(),
                "--tls-auth-clients",
                "no");
    }

    private Path certify(
            String file,
            X500Name subject,
            KeyPair of,
            ASN1ObjectIdentifier what,
            boolean critical,
            ASN1Encodable value) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                of.getPublic());
        try {
            certificate.addExtension(what, critical, value);
            return write(
                    file + ".pem",
                    certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private Path write(String file, Object what) {
        Path path = folder.resolve(file);
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(path))) {
            pem.writeObject(what);
            return path;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
