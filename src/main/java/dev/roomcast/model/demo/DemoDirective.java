package dev.roomcast.model.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt orders of the demo, for tests: <code>[[demo tokens=200 gap=5ms ttft=100ms numbered fault=cut at=10 times=1]]</code>.
 * The last such directive counts; what it does not say stays as usual, and what is out of bounds is brought into them.
 *
 * @param tokens how many to send, at most 20,000, or -1: as many as the answer has
 * @param gap from one token to the next, at most 5 s
 * @param firstToken from the question to the first token, at most 60 s
 * @param numbered send <code>t0 t1 t2 …</code>, so that a test can see what is missing
 * @param fault what to do wrong, after {@code at} tokens
 * @param times only the first so many times that this prompt is asked, or 0: always
 */
record DemoDirective(int tokens, Duration gap, Duration firstToken, boolean numbered, Fault fault, int at, int times) {

    static final int MOST_TOKENS = 20_000;

    /** {@code 500}: refuse; {@code cut}: end too early; {@code stall}: fall silent. */
    enum Fault {
        NONE,
        REFUSE,
        CUT,
        STALL
    }

    private static final Pattern DIRECTIVE = Pattern.compile("\\[\\[demo((?:\\s+[a-z]+(?:=[a-z0-9]+)?){0,10})\\s*]]");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(us|ms|s)?");
    private static final Duration USUAL_GAP = Duration.ofMillis(25);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    static DemoDirective in(String prompt) {
        Map<String, String> words = new HashMap<>();
        Matcher directives = DIRECTIVE.matcher(prompt);
        while (directives.find()) {
            words.clear();
            for (String word : directives.group(1).strip().split("\\s+")) {
                int equals = word.indexOf('=');
                words.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new DemoDirective(
                words.containsKey("tokens") ? number(words.get("tokens"), MOST_TOKENS) : -1,
                span(words.get("gap"), USUAL_GAP, LONGEST_GAP),
                span(words.get("ttft"), Duration.ZERO, LONGEST_START),
                words.containsKey("numbered"),
                fault(words.getOrDefault("fault", "")),
                number(words.getOrDefault("at", "0"), MOST_TOKENS),
                number(words.getOrDefault("times", "0"), MOST_TOKENS));
    }

    DemoDirective withoutFault() {
        return new DemoDirective(tokens, gap, firstToken, numbered, Fault.NONE, at, times);
    }

    /** The prompt as somebody meant it who was not testing. */
    static String removedFrom(String prompt) {
        return DIRECTIVE.matcher(prompt).replaceAll("").strip();
    }

    private static int number(String digits, int most) {
        return digits.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(digits), most) : 0;
    }

    private static Duration span(String text, Duration usual, Duration longest) {
        Matcher span = SPAN.matcher(String.valueOf(text));
        if (!span.matches()) {
            return usual;
        }
        long amount = Long.parseLong(span.group(1));
        String unit = String.valueOf(span.group(2));
        Duration duration = Duration.ofNanos(
                amount * (unit.equals("s") ? 1_000_000_000L : unit.equals("us") ? 1_000L : 1_000_000L));
        return duration.compareTo(longest) > 0 ? longest : duration;
    }

    private static Fault fault(String name) {
        return switch (name) {
            case "500" -> Fault.REFUSE;
            case "cut" -> Fault.CUT;
            case "stall" -> Fault.STALL;
            default -> Fault.NONE;
        };
    }
}
