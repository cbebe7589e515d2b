/**
 * Roomcast: shared AI rooms. Begin with {@link dev.roomcast.room}; the map is in src/docs/architecture.md.
 *
 * <p>{@code Api → connection, operation}: what is served, and nothing else.
 */
package dev.roomcast;
