package dev.roomcast.model.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roomcast.model.demo.DemoDirective.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoDirectiveTest {

    private static final DemoDirective USUAL =
            new DemoDirective(-1, Duration.ofMillis(25), Duration.ZERO, false, Fault.NONE, 0, 0);

    @Test
    void without_a_directive_everything_is_as_usual() {
        assertEquals(USUAL, DemoDirective.in("What does [[this]] mean?"));
        assertEquals(USUAL, DemoDirective.in("[[demo]]"));
        assertEquals(USUAL, DemoDirective.in(""));
    }

    @Test
    void a_directive_sets_length_pace_and_fault() {
        assertEquals(
                new DemoDirective(200, Duration.ofMillis(5), Duration.ofMillis(100), true, Fault.CUT, 10, 2),
                DemoDirective.in("Hi [[demo tokens=200 gap=5ms ttft=100ms numbered fault=cut at=10 times=2]] there"));
        assertEquals(Duration.ofSeconds(1), DemoDirective.in("[[demo gap=1s]]").gap());
        assertEquals(
                Duration.ofNanos(500_000),
                DemoDirective.in("[[demo gap=500us]]").gap());
        assertEquals(Fault.REFUSE, DemoDirective.in("[[demo fault=500]]").fault());
        assertEquals(Fault.STALL, DemoDirective.in("[[demo fault=stall]]").fault());
    }

    @Test
    void what_is_out_of_bounds_is_brought_into_them() {
        DemoDirective directive = DemoDirective.in("[[demo tokens=99999999 gap=60s ttft=999s at=999999999]]");
        assertEquals(20_000, directive.tokens());
        assertEquals(Duration.ofSeconds(5), directive.gap());
        assertEquals(Duration.ofSeconds(60), directive.firstToken());
        assertEquals(20_000, directive.at());
    }

    @Test
    void the_last_directive_counts() {
        assertEquals(
                2,
                DemoDirective.in("[[demo tokens=1 numbered]] [[demo tokens=2]]").tokens());
        assertEquals(
                false,
                DemoDirective.in("[[demo tokens=1 numbered]] [[demo tokens=2]]").numbered());
    }

    @Test
    void nonsense_changes_nothing() {
        assertEquals(USUAL, DemoDirective.in("[[demo gap=fast fault=odd speed=9]]"));
        assertEquals(USUAL, DemoDirective.in("[[demo" + " a".repeat(8_000) + "]]"));
        assertEquals(USUAL, DemoDirective.in("[[demo" + " ".repeat(16_000)));
    }

    @Test
    void a_fault_with_times_ends_after_them() {
        DemoAttempts attempts = new DemoAttempts();
        String prompt = "[[demo fault=500 times=2]] first";
        assertEquals(Fault.REFUSE, attempts.directive(prompt).fault());
        assertEquals(Fault.REFUSE, attempts.directive(prompt).fault());
        assertEquals(Fault.NONE, attempts.directive(prompt).fault());
        assertEquals(
                Fault.REFUSE,
                attempts.directive("[[demo fault=500 times=2]] second").fault());
    }
}
