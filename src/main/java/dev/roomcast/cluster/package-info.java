/**
 * What nodes share besides the logs of rooms: who is here, who may come in, who had how much of what.
 *
 * <p>{@code member ← cluster → redis}: implementations of the ports of {@code member}, and the choice between them and those in memory.
 */
package dev.roomcast.cluster;
