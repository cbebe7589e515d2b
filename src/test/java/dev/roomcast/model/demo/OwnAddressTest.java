package dev.roomcast.model.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressTest {

    private final OwnAddress address = new OwnAddress();

    @Test
    void before_the_first_request_nothing_is_known() {
        assertNull(new DemoProvider(address, Optional.empty()).base());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, '', http://127.0.0.1:9080/demo/v1",
        "127.0.0.1, /rooms, http://127.0.0.1:9080/rooms/demo/v1",
        "0:0:0:0:0:0:0:1, '', http://[0:0:0:0:0:0:0:1]:9080/demo/v1",
        "203.0.113.9, '', http://127.0.0.1:9080/demo/v1",
        "evil.example, '', http://127.0.0.1:9080/demo/v1",
        "fe80:0:0:0:1:2:3:4%eth0, '', http://127.0.0.1:9080/demo/v1"
    })
    void the_demo_is_reached_where_the_request_arrived_if_that_is_this_machine(
            String local, String path, String expected) {
        address.learn(request(false, local, 9080, path));
        assertEquals(URI.create(expected), new DemoProvider(address, Optional.empty()).base());
    }

    @Test
    void the_first_request_counts_but_plain_http_is_better() {
        address.learn(request(true, "127.0.0.1", 9443, ""));
        assertEquals(URI.create("https://127.0.0.1:9443"), address.root());
        address.learn(request(false, "127.0.0.1", 9080, ""));
        assertEquals(URI.create("http://127.0.0.1:9080"), address.root());
        address.learn(request(true, "127.0.0.1", 9443, ""));
        address.learn(request(false, "127.0.0.1", 9999, ""));
        assertEquals(URI.create("http://127.0.0.1:9080"), address.root());
    }

    @Test
    void a_configured_url_is_taken_as_it_is() {
        DemoProvider provider = new DemoProvider(address, Optional.of("http://10.0.0.1:8080/demo/v1"));
        assertEquals(URI.create("http://10.0.0.1:8080/demo/v1"), provider.base());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new DemoProvider(address, Optional.of("nowhere")))
                .getMessage();
        assertEquals("roomcast.demo.url must be a URL such as http://127.0.0.1:9080/demo/v1.", message);
    }

    private static ServletRequest request(boolean secure, String local, int port, String path) {
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                OwnAddressTest.class.getClassLoader(), new Class<?>[] {ServletContext.class}, (p, method, a) -> path);
        return (ServletRequest) Proxy.newProxyInstance(
                OwnAddressTest.class.getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (p, method, a) -> switch (method.getName()) {
                    case "isSecure" -> secure;
                    case "getLocalAddr" -> local;
                    case "getLocalPort" -> port;
                    case "getServletContext" -> context;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
