package dev.roomcast.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;

/**
 * Closes each connection with what it has still to send: the system would go on trying for minutes, and what this node had said in an earlier
 * life would arrive after it was taken back.
 */
final class BreaksOff implements NettyCustomizer {

    @Override
    public void afterBootstrapInitialized(Bootstrap connecting) {
        connecting.option(ChannelOption.SO_LINGER, 0);
    }
}
