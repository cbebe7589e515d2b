package dev.roomcast.room;

/**
 * A place in a room's log: everything up to and including event {@code seq} of the log's life {@code epoch}. Two
 * positions compare by {@code seq} within one epoch only. Opaque to clients; {@code k3-42} on the wire.
 *
 * @param epoch random and positive, one for each life of a room's log
 * @param seq 0 before the first event
 */
public record Position(long epoch, long seq) {

    private static final int MAX_LENGTH = 40;

    /** Reads what {@link #toString} wrote; anything else is refused as {@code bad-position}. */
    public static Position parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash > 0 && text.length() <= MAX_LENGTH) {
            try {
                Position position = new Position(
                        Long.parseLong(text, 0, dash, Character.MAX_RADIX),
                        Long.parseLong(text, dash + 1, text.length(), 10));
                // One spelling only: no plus sign, no leading zeros, no capitals.
                if (position.epoch > 0
                        && position.seq >= 0
                        && position.toString().equals(text)) {
                    return position;
                }
            } catch (NumberFormatException e) {
                // Falls through to the refusal.
            }
        }
        throw new Refused(Refused.Code.BAD_POSITION, "This is not a position that came from here.");
    }

    Position at(long other) {
        return new Position(epoch, other);
    }

    @Override
    public String toString() {
        return Long.toString(epoch, Character.MAX_RADIX) + '-' + seq;
    }
}
