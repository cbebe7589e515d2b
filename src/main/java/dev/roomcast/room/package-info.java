/**
 * The domain: a room is an append-only log of events, a connection is a cursor in it.
 *
 * <p>{@code connection, assistant, member → room ← journal}. This package imports none of ours.
 */
package dev.roomcast.room;
