package dev.roomcast.assistant;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.room.Author;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A room's talk as turns of what a model is told. Those of one question are kept for the next, which is mostly told the same. Thread-safe.
 *
 * <p>Nobody can speak as somebody else, whatever they write, and in whatever way a provider joins turns: each contribution is one line of
 * JSON, which no text can leave. Providers' own fields for names would not do: most ignore them.
 */
final class Transcript {

    /** What somebody said, or a question and its answer. */
    private record Passage(List<Turn> turns, int tokens) {

        static Passage of(Settled settled) {
            List<Turn> turns = told(settled);
            return new Passage(turns, turns.stream().mapToInt(Tokens::in).sum());
        }
    }

    /** Turns, oldest first, and how many tokens they are. */
    record Excerpt(List<Turn> turns, long tokens) {}

    /** By identity, as what is settled does not change. Of the last question; never changed, but replaced. */
    private volatile Map<Settled, Passage> kept = Map.of();

    /** Of the talk the newest contributions, whole ones, as far as they are {@code most} tokens together. */
    Excerpt newest(List<Settled> talk, long most) {
        Map<Settled, Passage> before = kept;
        Map<Settled, Passage> told = new IdentityHashMap<>();
        List<Passage> newestFirst = new ArrayList<>();
        long tokens = 0;
        for (int i = talk.size() - 1; i >= 0; i--) {
            Settled settled = talk.get(i);
            Passage known = before.get(settled);
            Passage passage = known != null ? known : Passage.of(settled);
            told.put(settled, passage); // also the first one that does not fit: it will not fit the next time, too
            if (tokens + passage.tokens() > most) {
                break;
            }
            tokens += passage.tokens();
            newestFirst.add(passage);
        }
        kept = told;
        Collections.reverse(newestFirst);
        return new Excerpt(
                newestFirst.stream()
                        .flatMap(passage -> passage.turns().stream())
                        .toList(),
                tokens);
    }

    /** Who somebody is, as fields of a JSON object. */
    static String who(Author author) {
        return "\"user\":" + quoted(author.userId()) + ",\"name\":" + quoted(author.name());
    }

    private static List<Turn> told(Settled settled) {
        if (settled instanceof Settled.Said said) {
            return List.of(line(said.message().author(), said.message().text()));
        }
        Settled.Answered answered = (Settled.Answered) settled;
        Turn asked = line(answered.question().asker(), answered.question().prompt());
        return answered.text().isBlank() ? List.of(asked) : List.of(asked, new Turn(Role.ASSISTANT, answered.text()));
    }

    private static Turn line(Author author, String text) {
        return new Turn(Role.USER, "{" + who(author) + ",\"text\":" + quoted(text) + "}");
    }

    private static String quoted(String text) {
        String inside = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        // JSON lets these stand, but some take them for the end of a line.
        return '"'
                + inside.replace("\u0085", "\\u0085")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029")
                + '"';
    }
}
