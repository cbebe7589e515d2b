package dev.roomcast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fault tolerance is the server's: that each model has a circuit breaker and a bulkhead of its own has to be seen on each of them. The
 * first five gates are those of the deployment's models.
 */
@ExtendWith(Deployed.class)
@Timeout(120)
class GatesIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void a_model_that_fails_too_often_is_left_alone_and_no_other_is(Deployed.WithTokens server) throws Exception {
        assertEquals(Map.of("model-garbled*1", 20, "open*0", 5), begin(server, "gate=5&times=25&fault=GARBLED"));
        assertEquals(Map.of("open*0", 1), begin(server, "gate=5&times=1"));
        assertEquals(Map.of("ok*1", 3), begin(server, "gate=2&times=3"));
    }

    @Test
    void what_a_model_refuses_is_asked_once_and_never_counted(Deployed.WithTokens server) throws Exception {
        for (String fault : new String[] {"REFUSED", "UNAUTHORIZED", "NOT_FOUND", "DECLINED"}) {
            Map<String, Integer> ends = begin(server, "gate=6&times=25&fault=" + fault);
            assertEquals(25, ends.values().iterator().next(), ends::toString);
        }
        assertEquals(Map.of("ok*1", 1), begin(server, "gate=6&times=1"));
    }

    @Test
    void what_may_pass_is_asked_three_times(Deployed.WithTokens server) throws Exception {
        assertEquals(Map.of("model-error*3", 2), begin(server, "gate=6&times=2&fault=ERROR"));
        assertEquals(Map.of("model-busy*3", 2), begin(server, "gate=6&times=2&fault=BUSY"));
    }

    /** Their value is set there, by the standard key. */
    @Test
    void only_so_many_answers_are_begun_at_once_at_each_model(Deployed.WithTokens server) throws Exception {
        int most = IdentityProvider.BEGUN_AT_ONCE;
        assertEquals(Map.of("ok*1", most, "full*0", 5), begin(server, "gate=7&together&times=" + (most + 5)));
        assertEquals(Map.of("ok*1", most), begin(server, "gate=2&together&times=" + most));
    }

    @Test
    void people_are_told_which_models_they_may_choose(Deployed.WithTokens server) throws Exception {
        String about = get(server, "api/about");
        String models = "\"models\":[{\"name\":\"demo\",\"role\":\"default\"},{\"name\":\"quick\",\"role\":\"fast\"},"
                + "{\"name\":\"parrot\"},{\"name\":\"scripted\"},{\"name\":\"fragile\"}]";
        assertTrue(about.contains(models), about);
    }

    /** One deployment has LangChain4j and a bean of its type, the other has neither. */
    @Test
    void a_langchain4j_bean_answers(Deployed.WithTokens server) throws Exception {
        assertEquals("Polly says Tea?", get(server, "gate-probe?ask=parrot&prompt=Tea?"));
    }

    /** How many ended in which way. */
    private static Map<String, Integer> begin(Deployed.WithTokens server, String query) throws Exception {
        return Arrays.stream(get(server, "gate-probe?" + query).split(" "))
                .collect(Collectors.toMap(Function.identity(), end -> 1, Integer::sum, TreeMap::new));
    }

    private static String get(Deployed.WithTokens server, String path) throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
