/**
 * The threads of this application: named, bounded, and the server's own only by birth.
 *
 * <p>{@code everything → concurrent}. See the ADR on threads.
 */
package dev.roomcast.concurrent;
