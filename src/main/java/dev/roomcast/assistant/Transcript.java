package dev.roomcast.assistant;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.room.Author;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.List;

/**
 * A room's talk as turns of what a model is told. Those of one question are kept for the next, which is mostly told the same. Thread-safe.
 *
 * <p>Nobody can speak as somebody else, whatever they write, and in whatever way a provider joins turns: each contribution is one line of
 * JSON, which no text can leave. Providers' own fields for names would not do: most ignore them.
 */
final class Transcript {

    /** What somebody said, or a question and its answer. */
    private record Passage(Settled settled, List<Turn> turns, int tokens) {

        static Passage of(Settled settled) {
            List<Turn> turns = told(settled);
            return new Passage(
                    settled, turns, turns.stream().mapToInt(Tokens::in).sum());
        }
    }

    /** Turns, oldest first, and how many tokens they are. */
    record Excerpt(List<Turn> turns, long tokens) {}

    /** A turn, and how many tokens it is. */
    record Counted(Turn turn, int tokens) {}

    /** Of the last question, newest first; never changed, but replaced. */
    private volatile List<Passage> kept = List.of();

    private volatile Counted first;

    /** What the model is told before the talk. */
    Counted first(String text) {
        Counted known = first;
        if (known == null || !known.turn().content().equals(text)) {
            Turn turn = new Turn(Role.SYSTEM, text);
            known = new Counted(turn, Tokens.in(turn));
            first = known;
        }
        return known;
    }

    /** Of the talk the newest contributions, whole ones, as far as they are {@code most} tokens together. */
    Excerpt newest(List<Settled> talk, long most) {
        List<Passage> told = passages(talk, most);
        int turns = 0;
        int fit = 0;
        long tokens = 0;
        while (fit < told.size() && tokens + told.get(fit).tokens() <= most) {
            tokens += told.get(fit).tokens();
            turns += told.get(fit++).turns().size();
        }
        List<Turn> oldestFirst = new ArrayList<>(turns);
        while (fit > 0) {
            oldestFirst.addAll(told.get(--fit).turns());
        }
        return new Excerpt(oldestFirst, tokens);
    }

    /** Newest first, up to the one that does not fit: it will not fit the next time, too. */
    private List<Passage> passages(List<Settled> talk, long most) {
        List<Passage> before = kept;
        List<Passage> told = new ArrayList<>(talk.size());
        int next = 0; // they are in the same order
        long tokens = 0;
        for (int i = talk.size() - 1; i >= 0 && tokens <= most; i--) {
            Settled settled = talk.get(i);
            int known = find(settled, before, next);
            Passage passage = known < 0 ? Passage.of(settled) : before.get(known);
            next = known < 0 ? next : known + 1;
            told.add(passage);
            tokens += passage.tokens();
        }
        kept = told;
        return told;
    }

    /** By identity, as what is settled does not change. */
    private static int find(Settled settled, List<Passage> passages, int from) {
        for (int i = from; i < passages.size(); i++) {
            if (passages.get(i).settled() == settled) {
                return i;
            }
        }
        return -1;
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
