/**
 * The one connection to Redis that everything shared between nodes goes through: scripts to run, channels to listen to.
 *
 * <p>{@code journal, member → redis}. Only this package knows the client library.
 */
package dev.roomcast.redis;
