package dev.roomcast.member;

import java.util.List;

/** Who is in one room, as this node knows it: state with a version, not events. A member is a user, however many sessions. Thread-safe, does not block. */
public interface Roster {

    /** Rooms larger than this say how many are there, not who. */
    int LISTED = 100;

    /** Everything as it is now. */
    View view();

    /**
     * Who came and who went since a version, each once; {@code null} if that is too long ago or the room too large. It may
     * be applied to any state from that version on: it says of each member where they are in the end.
     */
    Changes since(long version);

    /**
     * @param version grows with each change, and is the same for the same state wherever it is read, if that is {@code shared}
     * @param members all of them, or none if there are more than {@value #LISTED}
     * @param typing userIds; none in rooms of that size
     * @param shared whether other nodes have the same at this version: else nothing that they know leads on from it
     */
    record View(long version, int count, List<Member> members, List<String> typing, boolean shared) {

        /** Wherever it is read. */
        public View(long version, int count, List<Member> members, List<String> typing) {
            this(version, count, members, typing, true);
        }
    }

    /** @param left userIds */
    record Changes(List<Member> joined, List<String> left) {}
}
