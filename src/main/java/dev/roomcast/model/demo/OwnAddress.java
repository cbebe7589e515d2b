package dev.roomcast.model.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where this application is reached from its own machine, learned from the requests that reach it: no server tells it in
 * a way that the others do, too. Thread-safe.
 *
 * <p>Learned from the connection's own end, never from what a request says about hosts, because the demo's key is sent there.
 */
@ApplicationScoped
public class OwnAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");
    private static final String LOOPBACK = "127.0.0.1";

    private volatile URI root;

    /** Such as {@code http://127.0.0.1:9080} or {@code http://127.0.0.1:8080/roomcast}, or {@code null} before the first request. */
    URI root() {
        return root;
    }

    /** Plain HTTP is preferred, since a server's own certificate is seldom one for its loopback address. */
    void learn(ServletRequest request) {
        URI known = root;
        if (known == null || known.getScheme().equals("https") && !request.isSecure()) {
            String scheme = request.isSecure() ? "https" : "http";
            String host = host(request.getLocalAddr());
            String path = request.getServletContext().getContextPath();
            root = URI.create(scheme + "://" + host + ":" + request.getLocalPort() + path);
        }
    }

    private static String host(String address) {
        if (address == null || !LITERAL.matcher(address).matches()) {
            return LOOPBACK;
        }
        try {
            InetAddress local = InetAddress.getByName(address);
            // A proxy's header may pretend any address where the server believes it; ours is one of this machine.
            boolean ours = local.isLoopbackAddress() || NetworkInterface.getByInetAddress(local) != null;
            return !ours ? LOOPBACK : address.indexOf(':') < 0 ? address : '[' + address + ']';
        } catch (UnknownHostException | SocketException e) {
            return LOOPBACK;
        }
    }
}
