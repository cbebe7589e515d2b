package dev.roomcast.model;

import java.io.IOException;

/** How a scripted provider says what every kind of provider says in its own way. */
enum Speech {
    OPENAI(new OpenAiDialect(Prefix.NONE)) {
        @Override
        void begin(ScriptedProvider.Call call) throws IOException {
            call.stream();
        }

        @Override
        void token(ScriptedProvider.Call call, String text) throws IOException {
            call.token(text);
        }

        @Override
        void thinks(ScriptedProvider.Call call) throws IOException {
            call.event("{\"choices\":[{\"delta\":{\"reasoning_content\":\"SECRET\",\"content\":null}}]}");
        }

        @Override
        void callsTool(ScriptedProvider.Call call) throws IOException {
            call.event(
                    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"SECRET\"}}]}}]}");
        }

        @Override
        void finish(ScriptedProvider.Call call, String reason) throws IOException {
            call.event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
        }

        @Override
        void end(ScriptedProvider.Call call) throws IOException {
            call.done();
            call.end();
        }

        @Override
        void error(ScriptedProvider.Call call, String type) throws IOException {
            call.event("{\"error\":{\"message\":\"SECRET\",\"type\":\"" + type + "\"}}");
        }
    },

    ANTHROPIC(new AnthropicDialect(1_000, Prefix.PLAIN)) {
        @Override
        void begin(ScriptedProvider.Call call) throws IOException {
            call.stream();
            call.chunk(
                    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[],"
                            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n");
        }

        @Override
        void token(ScriptedProvider.Call call, String text) throws IOException {
            call.chunk("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}\n\n");
        }

        @Override
        void thinks(ScriptedProvider.Call call) throws IOException {
            call.event(
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"SECRET\"}}");
        }

        @Override
        void callsTool(ScriptedProvider.Call call) throws IOException {
            call.event(
                    "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"SECRET\"}}");
        }

        @Override
        void finish(ScriptedProvider.Call call, String reason) throws IOException {
            String own = switch (reason) {
                case "stop" -> "end_turn";
                case "length" -> "max_tokens";
                case "content_filter" -> "refusal";
                default -> reason;
            };
            call.event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + own
                    + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":3}}");
        }

        @Override
        void end(ScriptedProvider.Call call) throws IOException {
            call.chunk("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            call.end();
        }

        @Override
        void error(ScriptedProvider.Call call, String type) throws IOException {
            call.event("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"SECRET\"}}");
        }
    };

    private final Dialect dialect;

    Speech(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    abstract void begin(ScriptedProvider.Call call) throws IOException;

    abstract void token(ScriptedProvider.Call call, String text) throws IOException;

    abstract void thinks(ScriptedProvider.Call call) throws IOException;

    abstract void callsTool(ScriptedProvider.Call call) throws IOException;

    abstract void finish(ScriptedProvider.Call call, String reason) throws IOException;

    abstract void end(ScriptedProvider.Call call) throws IOException;

    /** An error in place of what should come. */
    abstract void error(ScriptedProvider.Call call, String type) throws IOException;

    /** A whole answer of one word. */
    void oneWord(ScriptedProvider.Call call) throws IOException {
        begin(call);
        token(call, "word");
        finish(call, "stop");
        end(call);
    }
}
