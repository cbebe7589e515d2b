package dev.roomcast.journal;

/**
 * How much a room's log keeps for readers who are behind. They who are further behind get a snapshot.
 *
 * @param events at the most
 * @param characters at the most, in UTF-16 code units
 * @param age milliseconds; events of an answer under way, or ended within it, are kept as long as the other two allow
 * @param idle milliseconds after which a room in which nobody is and nothing happens is forgotten
 */
record Retention(int events, int characters, long age, long idle) {}
