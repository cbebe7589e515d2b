package dev.roomcast.room;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of a room: 1 to {@value #MAX_LENGTH} UTF-16 code units in NFC, letters, marks and digits of any script and
 * {@code - _ . ~ : @}. These need no quoting in a log line, and are safe in a path segment and in a Redis key.
 */
public record RoomId(String name) {

    public static final int MAX_LENGTH = 80;

    /** What names of private rooms begin with. */
    public static final String PRIVATE = "~";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}._~:@-]+");

    public RoomId {
        if (name == null || name.isEmpty()) {
            throw new Refused(Refused.Code.BAD_ROOM, "A room needs a name.");
        }
        // The length first: what is too long is not even looked at.
        if (name.length() > MAX_LENGTH) {
            throw new Refused(Refused.Code.BAD_ROOM, "A room name has at most " + MAX_LENGTH + " characters.");
        }
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        // "." and ".." would vanish from a URL's path (RFC 3986, section 5.2.4).
        if (name.length() > MAX_LENGTH || !ALLOWED.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new Refused(Refused.Code.BAD_ROOM, "A room name is made of letters, digits and - _ . ~ : @");
        }
    }

    /** A name that nobody else has, for a private room: 128 random bits, so that it cannot be guessed either. */
    public static RoomId ofPrivate() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return new RoomId(PRIVATE + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Of a private room: only those may be there whom its rules name, and without rules nobody. It says so itself, so it can never be an open one. */
    public boolean isPrivate() {
        return name.startsWith(PRIVATE);
    }

    @Override
    public String toString() {
        return name;
    }
}
