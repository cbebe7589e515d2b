package dev.roomcast.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;

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
     * The bean of this name, or the only one there is.
     *
     * @throws IllegalArgumentException if there is none, or more than one and none of this name
     */
    Source named(String name) {
        if (type != null) {
            Instance<?> named = beans.select(type, NamedLiteral.of(name));
            Instance<?> found = named.isUnsatisfied() ? beans.select(type) : named;
            if (found.isResolvable()) {
                return new ChatModelSource(found.get());
            }
        }
        throw new IllegalArgumentException("The model " + name + " must be a bean of the type " + TYPE
                + ", with @Named(\"" + name + "\") if there are several.");
    }
}
