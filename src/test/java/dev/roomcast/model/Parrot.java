package dev.roomcast.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** A LangChain4j model as an application would bring it along. */
@Named
@ApplicationScoped
public class Parrot implements StreamingChatModel {

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        UserMessage last =
                (UserMessage) request.messages().get(request.messages().size() - 1);
        handler.onPartialResponse("Polly says ");
        handler.onPartialResponse(last.singleText());
        handler.onCompleteResponse(ChatResponse.builder()
                .aiMessage(AiMessage.from("Polly says " + last.singleText()))
                .build());
    }
}
