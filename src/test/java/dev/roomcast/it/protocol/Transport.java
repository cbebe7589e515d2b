package dev.roomcast.it.protocol;

import java.util.List;

/** A way to be in a room. */
interface Transport {

    Transport WEB_SOCKET = SocketClient::new;
    Transport EVENT_STREAM = StreamClient::new;
    Transport LONG_POLL = PollClient::new;

    List<Transport> ALL = List.of(WEB_SOCKET, EVENT_STREAM, LONG_POLL);

    Client client(House house, Person person);
}
