package dev.roomcast.model.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A <code>POST /chat/completions</code>, as far as the demo understands it.
 *
 * @param prompt the last message of a user, or {@code ""}
 * @param talk what users said before it, oldest first
 * @param promptTokens of all messages, estimated
 * @param stream whether the answer is wanted token by token
 * @param usage whether a stream shall tell the tokens used at its end
 */
record DemoQuestion(String prompt, List<String> talk, int promptTokens, boolean stream, boolean usage) {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build());

    /** @throws IOException if this is no such request; the message says what is wrong with it */
    static DemoQuestion read(byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            throw new IOException("The body is not JSON.");
        }
        JsonNode messages = json.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new IOException("'messages' must be an array with at least one message.");
        }
        List<String> said = new ArrayList<>();
        int characters = 0;
        for (JsonNode message : messages) {
            String content = text(message.path("content"));
            characters += content.length();
            if (message.path("role").asText().equals("user")) {
                read(content, said);
            }
        }
        int before = Math.max(0, said.size() - 1);
        return new DemoQuestion(
                said.isEmpty() ? "" : said.get(before),
                said.subList(0, before),
                characters / 4 + 4 * messages.size(),
                json.path("stream").asBoolean(),
                json.path("stream_options").path("include_usage").asBoolean());
    }

    /** What a room says is told in lines of JSON, each with a name and a text; the line that says who asks ends them, and their question is the rest. */
    private static void read(String content, List<String> said) {
        int from = 0;
        boolean told = true;
        while (told && content.startsWith("{", from)) {
            int end = content.indexOf('\n', from);
            JsonNode line = line(content.substring(from, end < 0 ? content.length() : end));
            boolean says = line.has("text");
            if (says) {
                said.add(line.path("name").asText() + ": " + line.path("text").asText());
            }
            if (says || line.has("asks")) {
                from = end < 0 ? content.length() : end + 1;
            }
            told = says;
        }
        if (from < content.length() || content.isEmpty()) {
            said.add(content.substring(from));
        }
    }

    private static JsonNode line(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            return MissingNode.getInstance(); // somebody else's way
        }
    }

    /** A message's content is a text, or parts, of which some are text. */
    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asText(""));
        for (JsonNode part : content) {
            text.append(part.path("text").asText(""));
        }
        // Half a surrogate pair, which JSON can carry, could not be answered in UTF-8.
        return new String(text.toString().getBytes(UTF_8), UTF_8);
    }
}
