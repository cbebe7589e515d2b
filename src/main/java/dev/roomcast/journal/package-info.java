/**
 * Where the logs of rooms live.
 *
 * <p>{@code room ← journal}: implementations of {@link dev.roomcast.room.Journal}, and nothing else.
 */
package dev.roomcast.journal;
