package dev.roomcast.model;

/** What becomes of an answer whose provider fails after people have seen the beginning. */
enum AfterCut {
    /** It ends there. */
    END("end"),
    /** It is asked for the rest, where the provider can go on from a beginning; else it ends. */
    CONTINUE("continue"),
    /** The question is asked again, of the next model if there is one. */
    ASK_AGAIN("ask-again");

    private final String setting;

    AfterCut(String setting) {
        this.setting = setting;
    }

    String setting() {
        return setting;
    }
}
