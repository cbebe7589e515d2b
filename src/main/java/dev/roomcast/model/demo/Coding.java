package dev.roomcast.model.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shows a piece of code: a well-known one if it is asked for, else a beginning; or describes the code that it was given. */
final class Coding implements DemoTalent {

    private static final Pattern REQUEST = Pattern.compile(
            "(?i)```|\\b(code|function|method|program|script|bug|refactor|unit test|algorithm|java|python|javascript|typescript)\\b");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*\\n(.*?)(?:```|$)", Pattern.DOTALL);
    private static final Pattern DEFINED = Pattern.compile(
            "(?:\\bfunction|\\bdef|\\bclass|\\brecord|\\binterface)\\s+(\\w+)|\\b(\\w+)\\s*\\([^;{}()]*\\)\\s*\\{");
    private static final List<String> KEYWORDS = List.of("if", "for", "while", "switch", "catch", "synchronized");

    private static final Map<String, Map<String, String>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(
                "fizz",
                Map.of(
                        "python",
                                "for i in range(1, 101):\n    print(\"Fizz\" * (i % 3 == 0) + \"Buzz\" * (i % 5 == 0) or i)",
                        "javascript",
                                "for (let i = 1; i <= 100; i++) {\n  console.log((i % 3 ? \"\" : \"Fizz\") + (i % 5 ? \"\" : \"Buzz\") || i);\n}",
                        "java",
                                "for (int i = 1; i <= 100; i++) {\n    String word = (i % 3 == 0 ? \"Fizz\" : \"\") + (i % 5 == 0 ? \"Buzz\" : \"\");\n    System.out.println(word.isEmpty() ? i : word);\n}"));
        KNOWN.put(
                "fibonacci",
                Map.of(
                        "python",
                                "def fibonacci(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a",
                        "javascript",
                                "function fibonacci(n) {\n  let [a, b] = [0n, 1n];\n  for (let i = 0; i < n; i++) [a, b] = [b, a + b];\n  return a;\n}",
                        "java",
                                "static BigInteger fibonacci(int n) {\n    BigInteger a = BigInteger.ZERO, b = BigInteger.ONE;\n    for (int i = 0; i < n; i++) {\n        BigInteger next = a.add(b);\n        a = b;\n        b = next;\n    }\n    return a;\n}"));
        KNOWN.put(
                "reverse",
                Map.of(
                        "python", "def reverse(text):\n    return text[::-1]",
                        "javascript", "const reverse = (text) => [...text].reverse().join(\"\");",
                        "java",
                                "static String reverse(String text) {\n    return new StringBuilder(text).reverse().toString(); // keeps surrogate pairs together\n}"));
    }

    @Override
    public Optional<String> tryAt(String prompt, List<String> talk) {
        if (!REQUEST.matcher(prompt).find()) {
            return Optional.empty();
        }
        Matcher fence = FENCE.matcher(prompt);
        return Optional.of(fence.find() ? review(fence.group(1), fence.group(2)) : written(prompt));
    }

    private static String written(String prompt) {
        String language = language(prompt);
        for (Map.Entry<String, Map<String, String>> known : KNOWN.entrySet()) {
            if (prompt.toLowerCase(Locale.ROOT).contains(known.getKey())) {
                return "Here it is in " + language + ":\n\n"
                        + block(language, known.getValue().get(language))
                        + "\n\nTry it with the smallest input first, then with none at all.";
            }
        }
        List<String> words = Words.telling(
                prompt.replaceAll(
                        "(?i)\\b(write|code|function|method|program|script|java\\w*|python|typescript)\\b", ""),
                3);
        String name = words.isEmpty() ? "answer" : words.get(0).replaceAll("[^A-Za-z0-9]", "") + "It";
        String start = switch (language) {
            case "python" ->
                "def " + name
                        + "(value):\n    # 1. refuse what cannot be right\n    # 2. handle the empty case\n    # 3. the rule itself\n    return value";
            case "javascript" ->
                "function " + name
                        + "(value) {\n  // 1. refuse what cannot be right\n  // 2. handle the empty case\n  // 3. the rule itself\n  return value;\n}";
            default ->
                "static <T> T " + name
                        + "(T value) {\n    // 1. refuse what cannot be right\n    // 2. handle the empty case\n    // 3. the rule itself\n    return value;\n}";
        };
        return "A place to begin, together:\n\n" + block(language, start)
                + "\n\nI know by heart: fizz buzz, fibonacci and reversing a text, in Java, Python and JavaScript.";
    }

    private static String review(String language, String code) {
        List<String> lines = code.lines().toList();
        String names = DEFINED.matcher(code)
                .results()
                .map(Coding::name)
                .filter(name -> !KEYWORDS.contains(name))
                .distinct()
                .map(name -> '`' + name + '`')
                .collect(Collectors.joining(", "));
        int longest = lines.stream().mapToInt(String::length).max().orElse(0);
        long open = lines.stream()
                .filter(line -> line.contains("TODO") || line.contains("FIXME"))
                .count();
        return "What I see in your code:\n\n"
                + "- " + lines.size() + " lines" + (language.isEmpty() ? "" : " of " + language) + ", the longest of "
                + longest + " characters\n"
                + "- it defines " + (names.isEmpty() ? "nothing that I recognise" : names) + "\n"
                + "- " + (open == 0 ? "no" : open) + " open `TODO` or `FIXME`\n\n"
                + "It begins with:\n\n"
                + block(language, lines.stream().limit(3).collect(Collectors.joining("\n")))
                + "\n\nWhat I would ask next: what does it do with an empty input, and which test would fail if a line were missing?";
    }

    private static String name(MatchResult definition) {
        return definition.group(1) != null ? definition.group(1) : definition.group(2);
    }

    private static String language(String prompt) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        return lower.contains("python")
                ? "python"
                : lower.matches("(?s).*\\b(javascript|typescript|js|ts|node)\\b.*") ? "javascript" : "java";
    }

    private static String block(String language, String code) {
        return "```" + language + '\n' + code + "\n```";
    }
}
