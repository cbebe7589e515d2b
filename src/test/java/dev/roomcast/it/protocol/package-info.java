/**
 * The protocol from outside: one contract for three transports, and what happens to those who break it.
 *
 * <p>{@code *IT → contracts → Client → House → the deployed server}. A client believes nothing: every frame is held against
 * the schemas and shown on a {@link dev.roomcast.connection.Screen}.
 */
package dev.roomcast.it.protocol;
