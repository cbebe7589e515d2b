package dev.roomcast.member;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells requests of this very machine from all others: what is meant for trying things out serves only those. Pure. */
public final class Loopback {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Set<String> OF_A_PROXY =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip");

    /**
     * Whether the request comes from this machine, by its own name, and through no proxy. The name matters: a page of some
     * other site whose DNS name points to 127.0.0.1 also comes from this machine.
     */
    public static boolean isOriginOf(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && NAMES.contains(host(request.getHeader("Host")))
                && Collections.list(request.getHeaderNames()).stream().noneMatch(Loopback::isOfAProxy)
                // As nginx asks if it was told nothing else; then it also sends no header of a proxy.
                && !request.getProtocol().equals("HTTP/1.0");
    }

    private static boolean isOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return OF_A_PROXY.contains(name) || name.startsWith("x-forwarded-");
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String host(String header) {
        return header == null
                ? ""
                : PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    private Loopback() {}
}
