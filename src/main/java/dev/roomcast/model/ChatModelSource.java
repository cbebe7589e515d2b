package dev.roomcast.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A LangChain4j model inside of this application. Not loaded where the application has none. */
final class ChatModelSource implements Source {

    private final StreamingChatModel model;
    private final Executor threads;

    /**
     * @param model a {@link StreamingChatModel}; not in the signature, so that this class can be spoken of without LangChain4j
     * @param threads where it is asked and cancelled, either of which may block
     */
    ChatModelSource(Object model, Executor threads) {
        this.model = (StreamingChatModel) model;
        this.threads = threads;
    }

    @Override
    public Supplier<Call> asked(Prompt prompt) {
        ChatRequest request = ChatRequest.builder()
                .messages(prompt.inWords().alternating().stream()
                        .map(ChatModelSource::message)
                        .toList())
                .build();
        return () -> new ChatModelCall(model, request, threads);
    }

    private static ChatMessage message(List<Prompt.Turn> turns) {
        String text = turns.stream().map(Prompt.Turn::content).collect(Collectors.joining("\n"));
        return switch (turns.get(0).role()) {
            case SYSTEM -> SystemMessage.from(text);
            case USER -> UserMessage.from(text);
            case ASSISTANT -> AiMessage.from(text);
        };
    }

    /** Nothing in LangChain4j says so. */
    @Override
    public boolean continues() {
        return false;
    }
}
