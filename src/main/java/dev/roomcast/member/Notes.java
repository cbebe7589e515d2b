package dev.roomcast.member;

import java.time.Duration;
import java.util.Optional;

/** What a node leaves for others to find, for a short time: a client may come to another one with its next request. Thread-safe. */
public interface Notes {

    /** Of a node that is alone, and remembers by itself. */
    Notes ALONE = new Notes() {
        @Override
        public void keep(String name, String text, Duration time) {}

        @Override
        public Optional<String> find(String name) {
            return Optional.empty();
        }
    };

    /** Does not wait, and may be lost. */
    void keep(String name, String text, Duration time);

    /** The newest one of this name, whoever left it. May wait for a moment. */
    Optional<String> find(String name);
}
