package dev.roomcast.model.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each prompt was asked, of the last few hundred different ones. Guarded by itself. */
final class DemoAttempts {

    private static final int MOST = 500;

    private final Map<String, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST;
        }
    };

    /** The directive of a prompt that is asked now: a fault that had its times is over. */
    synchronized DemoDirective directive(String prompt) {
        DemoDirective directive = DemoDirective.in(prompt);
        if (directive.times() == 0) {
            return directive;
        }
        int attempt = counts.merge(prompt, 1, Integer::sum);
        return attempt > directive.times() ? directive.withoutFault() : directive;
    }
}
