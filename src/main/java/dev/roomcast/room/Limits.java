package dev.roomcast.room;

/**
 * How much of what is asked a room takes at once.
 *
 * @param answers under way
 * @param waitingPerUser questions of one user that wait
 * @param waiting questions of all that wait
 */
public record Limits(int answers, int waitingPerUser, int waiting) {}
