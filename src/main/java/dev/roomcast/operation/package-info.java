/**
 * What those who run the server need: what it is, whether it is ready, that it stops in order.
 *
 * <p>{@code operation → everything}.
 */
package dev.roomcast.operation;
