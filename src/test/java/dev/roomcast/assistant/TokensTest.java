package dev.roomcast.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tokens a text is. */
class TokensTest {

    @ParameterizedTest
    @CsvSource({"'',0", "a,1", "abcd,1", "abcde,2", "ñ,1", "ñandú año,3", "чай,2", "お茶,2", "'tea お茶',3", "🍵,2"})
    void a_token_is_four_letters_of_english_two_of_other_alphabets_or_one_character_that_is_a_word(
            String text, int tokens) {
        assertEquals(tokens, Tokens.in(text));
    }

    @ParameterizedTest
    @CsvSource({"tea and coffee", "чай и кофе", "お茶とコーヒー", "🍵 oder ☕"})
    void the_parts_of_a_text_are_as_many_as_the_whole(String text) {
        long parts = text.chars().mapToLong(c -> Tokens.quarters((char) c)).sum();
        assertEquals(parts, Tokens.quarters(text));
    }
}
