package dev.roomcast.member;

import java.util.List;

/** For tests of something else, or of one limit alone: then the others are overridden. */
public class NoLimits implements Allowance {

    @Override
    public void message(String userId, boolean first) {}

    @Override
    public void notSaid(String userId, boolean first) {}

    @Override
    public void question(String userId, boolean first) {}

    @Override
    public void notAsked(String userId, boolean first) {}

    @Override
    public void reserve(String userId, String answerId, long tokens) {}

    @Override
    public void settle(String userId, String answerId, long reserved, long used) {}

    @Override
    public void settleLeft(String userId, String answerId, long used) {}

    @Override
    public List<Left> left(String userId) {
        return List.of();
    }
}
