package dev.roomcast.member;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** What the audit has, for tests. */
final class AuditLines {

    /** What was noted while this was done. */
    static List<String> during(Runnable what) {
        List<String> noted = new CopyOnWriteArrayList<>();
        Logger audit = Logger.getLogger("roomcast.audit");
        Handler handler = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                noted.add(line.getMessage());
            }
        };
        audit.setLevel(Level.INFO);
        audit.setUseParentHandlers(false);
        audit.addHandler(handler);
        try {
            what.run();
        } finally {
            audit.removeHandler(handler);
            audit.setLevel(null);
            audit.setUseParentHandlers(true);
        }
        return noted;
    }

    private AuditLines() {}
}
