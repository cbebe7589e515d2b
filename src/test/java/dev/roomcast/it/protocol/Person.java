package dev.roomcast.it.protocol;

/** Somebody who may come in, by whatever identity the server has. */
record Person(String userId, String name, String token) {}
