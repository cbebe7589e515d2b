/**
 * Cursors to the outside. A command comes in, {@link dev.roomcast.connection.Connection} hands it to the room; whatever the
 * room's log grows by goes out through a {@link dev.roomcast.connection.Feed} into a {@link dev.roomcast.connection.Sink}.
 *
 * <p>{@code transport → connection → room, member, assistant}. Only this package knows transports and frames.
 */
package dev.roomcast.connection;
