package dev.roomcast.it.protocol;

/** Nobody answered a request, or not this application: its server is not there, begins, or ends. */
final class NotServed extends AssertionError {

    private static final long serialVersionUID = 1L;

    NotServed(String message, Throwable cause) {
        super(message, cause);
    }
}
