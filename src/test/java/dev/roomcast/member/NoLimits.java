package dev.roomcast.member;

import java.util.List;

/** For tests of something else. */
public final class NoLimits implements Allowance {

    @Override
    public void message(String userId) {}

    @Override
    public void question(String userId) {}

    @Override
    public void notAsked(String userId) {}

    @Override
    public void answered(String userId, long tokens) {}

    @Override
    public List<Left> left(String userId) {
        return List.of();
    }
}
