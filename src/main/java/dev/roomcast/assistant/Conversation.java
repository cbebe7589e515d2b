package dev.roomcast.assistant;

import dev.roomcast.model.Prompt;
import dev.roomcast.model.Prompt.Role;
import dev.roomcast.model.Prompt.Turn;
import dev.roomcast.room.RoomState;
import dev.roomcast.room.Settled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the model is told: the instructions, the room's recent talk with names, the question last and unchanged. Immutable.
 *
 * <p>Every contribution is a turn of its own and the server puts the speaker's name in front of it, so nobody can speak as
 * somebody else by writing a name into their text.
 *
 * @param instructions the system prompt
 * @param budget tokens for instructions, talk and question together, estimated; whole contributions, the newest first, are
 *     taken as long as they fit. The question always is.
 */
record Conversation(String instructions, int budget) {

    /** No provider's tokenizer is at hand; four characters to a token is the usual rule of thumb for English. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    Prompt asked(RoomState room, String question) {
        List<Turn> newestFirst = new ArrayList<>();
        newestFirst.add(new Turn(Role.USER, question));
        long left = (long) budget * CHARACTERS_PER_TOKEN - question.length() - instructions.length();
        List<Settled> talk = room.history();
        for (int i = talk.size() - 1; i >= 0; i--) {
            List<Turn> turns = turns(talk.get(i));
            for (Turn turn : turns) {
                left -= turn.content().length();
            }
            if (left < 0) {
                break;
            }
            for (int t = turns.size() - 1; t >= 0; t--) {
                newestFirst.add(turns.get(t));
            }
        }
        newestFirst.add(new Turn(Role.SYSTEM, instructions));
        Collections.reverse(newestFirst);
        return new Prompt(newestFirst);
    }

    /** Tokens in a text of this length, roughly. */
    static int tokens(int characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static List<Turn> turns(Settled settled) {
        if (settled instanceof Settled.Said said) {
            return List.of(new Turn(
                    Role.USER,
                    said.message().author().name() + ": " + said.message().text()));
        }
        Settled.Answered answered = (Settled.Answered) settled;
        Turn question = new Turn(
                Role.USER,
                answered.question().asker().name() + ": " + answered.question().prompt());
        return answered.text().isBlank()
                ? List.of(question)
                : List.of(question, new Turn(Role.ASSISTANT, answered.text()));
    }
}
