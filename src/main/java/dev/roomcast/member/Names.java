package dev.roomcast.member;

import dev.roomcast.room.Refused;
import java.text.Normalizer;
import java.util.Locale;

/** What people may be called. */
final class Names {

    static final int MAX_NAME = 60;
    static final int MAX_USER_ID = 120;

    /**
     * The name as it will be shown: NFC, inner white space folded, no control or formatting characters (which could turn
     * the direction of other people's text), 1 to {@value #MAX_NAME} UTF-16 code units, with at least one letter or digit.
     */
    static String name(String wanted) {
        return name(wanted, MAX_NAME);
    }

    /** The same, of up to {@code max} UTF-16 code units. */
    static String name(String wanted, int max) {
        if (wanted == null || wanted.length() > max * 4) {
            throw refused(max);
        }
        String name = Normalizer.normalize(wanted, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
        boolean readable = name.codePoints().anyMatch(Character::isLetterOrDigit);
        if (name.length() > max || !readable || name.codePoints().anyMatch(Names::isUnseen)) {
            throw refused(max);
        }
        return name;
    }

    /** The same name in the same spelling gives the same id, so that one person in two tabs is one member. */
    static String userId(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /**
     * Whether this can be a user's id: something to read, in at most {@value #MAX_USER_ID} UTF-16 code units, without what cannot be seen. Not
     * "." or "..", which vanish from a URL's path: nobody could remove who is called so.
     */
    static boolean isUserId(String id) {
        return id != null
                && !id.isBlank()
                && !id.equals(".")
                && !id.equals("..")
                && id.length() <= MAX_USER_ID
                && id.codePoints().noneMatch(Names::isUnseen);
    }

    /** The name that somebody else has given, without what must not be shown; {@code otherwise} if nothing is left of it. */
    static String readable(String given, String otherwise) {
        String seen = given.codePoints()
                .limit(MAX_NAME * 4)
                .filter(c -> !isUnseen(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try {
            String name = Normalizer.normalize(seen, Normalizer.Form.NFC).strip();
            return name(name.length() <= MAX_NAME ? name : name.substring(0, name.offsetByCodePoints(0, MAX_NAME / 2)));
        } catch (Refused e) {
            return otherwise;
        }
    }

    /** What cannot be seen, or changes how other characters are seen. */
    static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static Refused refused(int max) {
        return new Refused(Refused.Code.BAD_NAME, "A name has 1 to " + max + " readable characters.");
    }

    private Names() {}
}
