package dev.roomcast.model;

import dev.roomcast.room.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of this server: by the name that people choose, or by what they are there for. Immutable, so thread-safe. */
public class Models {

    /**
     * One of them, as people are told of it.
     *
     * @param role what it is there for, or {@code null}
     * @param offered whether people may choose it by its name; by its role they always may
     */
    public record Entry(LanguageModel model, ModelRole role, boolean offered) {

        public String name() {
            return model.name();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final LanguageModel first;

    protected Models() { // for the container's proxy
        first = null;
    }

    /** @param entries in the order in which people see them; the first answers where no other has the role {@link ModelRole#DEFAULT} */
    public Models(List<Entry> entries) {
        entries.forEach(entry -> this.entries.put(entry.name(), entry));
        first = entries.get(0).model();
    }

    /** A server of one model. */
    public static Models of(LanguageModel only) {
        return new Models(List.of(new Entry(only, ModelRole.DEFAULT, true)));
    }

    /**
     * The model that somebody chose.
     *
     * @param name its name, or {@code null} for the one that answers where nobody chose
     * @throws Refused {@code no-such-model} if there is none of this name, or not for people to choose
     */
    public LanguageModel named(String name) {
        if (name == null) {
            return in(ModelRole.DEFAULT);
        }
        Entry entry = entries.get(name);
        if (entry == null || !entry.offered()) {
            throw new Refused(Refused.Code.NO_SUCH_MODEL, "This server has no model of that name to choose.");
        }
        return entry.model();
    }

    /**
     * The model that somebody wants, by its name or by what it is there for.
     *
     * @param name or {@code null}
     * @param role as it stands in frames, or {@code null}
     * @throws Refused {@code no-such-model} as {@link #named}, or if there is no such role, {@code bad-frame} if there are both
     */
    public LanguageModel wanted(String name, String role) {
        if (role == null) {
            return named(name);
        }
        if (name != null) {
            throw new Refused(Refused.Code.BAD_FRAME, "A question is for a \"model\" or for a \"role\", not for both.");
        }
        ModelRole wanted = Arrays.stream(ModelRole.values())
                .filter(known -> known.wire().equals(role))
                .findFirst()
                .orElseThrow(() ->
                        new Refused(Refused.Code.NO_SUCH_MODEL, "A role is one of default, fast and translation."));
        return in(wanted);
    }

    /**
     * The model that was asked, as it is called in a question that was taken.
     *
     * @throws Refused {@code no-such-model} if it is not there any more
     */
    public LanguageModel asked(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new Refused(Refused.Code.NO_SUCH_MODEL, "This server does not have that model any more.");
        }
        return entry.model();
    }

    /** Whether people may ask the model of this name, be it by its name or by its role. */
    public boolean mayBeAsked(String name) {
        Entry entry = entries.get(name);
        return entry != null && (entry.offered() || entry.role() != null);
    }

    /** The model for this, or the one that answers where nobody chose. */
    public LanguageModel in(ModelRole role) {
        return find(role, find(ModelRole.DEFAULT, first));
    }

    /** Those that people may choose, in the order in which they should see them. Never empty. */
    public List<Entry> offered() {
        return entries.values().stream().filter(Entry::offered).toList();
    }

    private LanguageModel find(ModelRole role, LanguageModel otherwise) {
        return entries.values().stream()
                .filter(entry -> entry.role() == role)
                .map(Entry::model)
                .findFirst()
                .orElse(otherwise);
    }
}
