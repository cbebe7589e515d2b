package dev.roomcast.it.protocol;

/** Somebody who may come in, by the development identity. */
record Person(String userId, String name, String token) {}
