package dev.roomcast.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The LangChain4j models that an application put into the WAR as beans. Knows their type by its name alone, because the library is
 * there only if the application brought it.
 */
@ApplicationScoped
class ChatModels {

    private static final String TYPE = "dev.langchain4j.model.chat.StreamingChatModel";

    private final Instance<Object> beans;
    private final Class<?> type;

    /** For the container's proxy. */
    protected ChatModels() {
        beans = null;
        type = null;
    }

    @Inject
    ChatModels(@Any Instance<Object> beans) {
        this.beans = beans;
        this.type = type();
    }

    private static Class<?> type() {
        try {
            return Class.forName(TYPE, false, ChatModels.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    boolean isAny() {
        return type != null && !beans.select(type).isUnsatisfied();
    }

    /**
     * The bean of this name, or else the only one there is.
     *
     * @param threads where it is asked and cancelled, either of which may block
     */
    Optional<Source> named(String name, Executor threads) {
        if (type == null) {
            return Optional.empty();
        }
        Instance<?> named = beans.select(type, NamedLiteral.of(name));
        Instance<?> found = named.isUnsatisfied() ? beans.select(type) : named;
        return found.isResolvable() ? Optional.of(new ChatModelSource(found.get(), threads)) : Optional.empty();
    }
}
