/**
 * What those who run the server need: what it is, whether it is ready.
 *
 * <p>{@code operation → member, model}.
 */
package dev.roomcast.operation;
