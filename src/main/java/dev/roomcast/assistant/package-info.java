/**
 * The AI as one more participant: it is asked, reads what the room said, and answers into the room's log.
 *
 * <p>{@code connection → assistant → room, model, member}.
 */
package dev.roomcast.assistant;
