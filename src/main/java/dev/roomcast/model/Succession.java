package dev.roomcast.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the models together: who takes over from whom, and what each is there for. */
final class Succession {

    private Succession() {}

    /** @param made a model for each of the settings, by its name */
    static Models of(ModelsSettings settings, Map<String, ProviderModel> made) {
        boolean nobodyIsDefault = settings.models().stream().noneMatch(model -> model.role() == ModelRole.DEFAULT);
        List<Models.Entry> entries = new ArrayList<>();
        for (ModelSettings each : settings.models()) {
            boolean first = entries.isEmpty();
            ModelRole role = first && nobodyIsDefault && each.role() == null ? ModelRole.DEFAULT : each.role();
            entries.add(new Models.Entry(model(each.name(), settings, made), role, each.offered()));
        }
        return new Models(entries);
    }

    private static LanguageModel model(String name, ModelsSettings settings, Map<String, ProviderModel> made) {
        List<ProviderModel> candidates = new ArrayList<>(List.of(made.get(name)));
        // Who is not in the list hands nothing over: it may be there to keep questions in the house.
        if (settings.failover().contains(name)) {
            settings.failover().stream()
                    .filter(other -> !other.equals(name))
                    .map(made::get)
                    .forEach(candidates::add);
        }
        return candidates.size() == 1 && settings.afterCut() == AfterCut.END
                ? candidates.get(0)
                : new FailoverModel(candidates, firstToken(candidates, settings), settings.afterCut());
    }

    /** All of them together. Who is alone has its own; of several the most patient is not hurried by the others. */
    private static Duration firstToken(List<ProviderModel> candidates, ModelsSettings settings) {
        Duration least = candidates.size() == 1 ? Duration.ZERO : settings.firstToken();
        return candidates.stream().map(ProviderModel::firstToken).reduce(least, Patience::longer);
    }
}
