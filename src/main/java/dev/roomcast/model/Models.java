package dev.roomcast.model;

import dev.roomcast.room.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of this server: by the name that people choose, or by what they are there for. Immutable, so thread-safe. */
public class Models {

    /**
     * One of them, as people are told of it.
     *
     * @param role what it is there for, or {@code null}
     * @param offered whether people may choose it
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
