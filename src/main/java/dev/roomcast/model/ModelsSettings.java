package dev.roomcast.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the configuration says about all models together.
 *
 * @param models in the order in which people see them; never empty
 * @param failover names of those that take over from each other, in this order
 * @param afterCut what to do when a model fails in the middle of an answer
 * @param firstToken the longest time to the first piece of an answer, where no model has its own
 */
record ModelsSettings(List<ModelSettings> models, List<String> failover, AfterCut afterCut, Duration firstToken) {

    private static final String MODELS = "models";
    private static final String FAILOVER = "failover";
    private static final String AFTER_CUT = "after-cut";
    private static final List<String> OF_ONE = List.of("url", "api-key", "name", "shape");

    /**
     * @param config the value of a key, if it has one
     * @param otherwise what the model is behind where nothing is said of any
     * @throws IllegalArgumentException if a value cannot be meant; its message is a sentence that names the key
     */
    static ModelsSettings read(Function<String, Optional<String>> config, Shape otherwise) {
        Settings all = new Settings("roomcast.", config);
        Settings one = all.below("model");
        Settings named = all.below(MODELS);
        List<String> names = all.list(MODELS);
        List<ModelSettings> models = names.isEmpty()
                ? List.of(ModelSettings.read(null, one, one, otherwise))
                : named(names, all, one, otherwise);
        AfterCut afterCut = one.choice(
                        AFTER_CUT,
                        Arrays.stream(AfterCut.values()).map(AfterCut::setting).toList())
                .flatMap(setting -> Arrays.stream(AfterCut.values())
                        .filter(after -> after.setting().equals(setting))
                        .findFirst())
                .orElse(AfterCut.END);
        List<String> failover = named.list(FAILOVER);
        if (!names.containsAll(failover) || Set.copyOf(failover).size() < failover.size()) {
            throw named.wrong(FAILOVER, "must name models of roomcast.models, each once");
        }
        Duration firstToken = one.patience(ModelSettings.FIRST_TOKEN).orElse(Duration.ofSeconds(30));
        return new ModelsSettings(models, failover, afterCut, firstToken);
    }

    private static List<ModelSettings> named(List<String> names, Settings all, Settings one, Shape otherwise) {
        boolean good = names.stream().allMatch(name -> name.matches("[a-z0-9][a-z0-9-]{0,39}"));
        if (!good || names.contains(FAILOVER) || Set.copyOf(names).size() < names.size() || names.size() > Gates.MOST) {
            throw all.wrong(
                    MODELS,
                    "must be 1 to " + Gates.MOST
                            + " different names of small letters, digits and hyphens, separated by commas");
        }
        for (String name : OF_ONE) {
            if (one.has(name)) {
                throw one.wrong(name, "must not be set beside roomcast.models: it is for a server of one model");
            }
        }
        Set<ModelRole> taken = EnumSet.noneOf(ModelRole.class);
        List<ModelSettings> models = new ArrayList<>();
        for (String name : names) {
            Settings own = all.below(MODELS).below(name);
            ModelSettings model = ModelSettings.read(name, own, one, otherwise);
            if (model.role() != null && !taken.add(model.role())) {
                throw own.wrong("role", "must not be one that another model has");
            }
            models.add(model);
        }
        if (models.stream().noneMatch(ModelSettings::offered)) {
            throw all.wrong(MODELS, "must have one at least that is offered");
        }
        return models;
    }

    /** The longest silence of all. */
    Duration longest() {
        return models.stream().map(model -> model.patience().longest()).reduce(firstToken, Patience::longer);
    }
}
