package dev.roomcast.model;

import java.net.ConnectException;
import java.net.UnknownHostException;

/** What the exceptions of a LangChain4j model mean. Known by their names, since not every version has them all. */
final class ChatModelFaults {

    private static final int DEEPEST = 10;

    private ChatModelFaults() {}

    static Fault of(Throwable why) {
        Throwable cause = why;
        for (int i = 0; cause != null && i < DEEPEST; cause = cause.getCause(), i++) {
            Fault fault = known(cause);
            if (fault != null) {
                return fault;
            }
        }
        return Fault.ERROR;
    }

    private static Fault known(Throwable why) {
        if (why instanceof ConnectException || why instanceof UnknownHostException) {
            return Fault.UNREACHABLE;
        }
        return switch (why.getClass().getSimpleName()) {
            case "AuthenticationException" -> Fault.UNAUTHORIZED;
            case "ModelNotFoundException" -> Fault.NOT_FOUND;
            case "RateLimitException" -> Fault.BUSY;
            case "ContentFilteredException" -> Fault.DECLINED;
            case "InvalidRequestException" -> Fault.REFUSED;
            case "TimeoutException", "HttpTimeoutException", "SocketTimeoutException" -> Fault.STALLED;
            case "UnresolvedModelServerException", "SSLHandshakeException" -> Fault.UNREACHABLE;
            default -> null;
        };
    }
}
