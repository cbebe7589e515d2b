package dev.roomcast.model;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One answer, by the first of several models that gives one.
 *
 * <p>One thread asks and reads; any other may end it by {@link #close()}.
 */
final class FailoverStream implements ModelStream {

    private static final System.Logger LOG = System.getLogger(FailoverStream.class.getName());

    /** Whoever was stopped is not to be asked elsewhere, and a question that was declined is not to be shopped around. */
    private static final Set<String> FINAL = Set.of(Fault.STOPPED.code(), Fault.DECLINED.code());

    private final List<ProviderModel> candidates;
    private final Prompt prompt;
    private final Duration firstToken;
    private final AfterCut afterCut;

    // Written by the reading thread; volatile for the one that closes.
    private volatile ModelStream stream;
    private volatile boolean closed;
    private volatile long until; // when the first piece must be here

    private final StringBuilder soFar = new StringBuilder(); // kept only where it may be needed
    private int current;
    private boolean begun;
    private boolean mended;
    private ModelFailed failure;

    FailoverStream(List<ProviderModel> candidates, Prompt prompt, Duration firstToken, AfterCut afterCut) {
        this.candidates = candidates;
        this.prompt = prompt;
        this.firstToken = firstToken;
        this.afterCut = afterCut;
    }

    @Override
    public String next() throws ModelFailed {
        if (failure != null) {
            throw failure;
        }
        try {
            String piece = begun ? goOn() : begin();
            begun = true;
            if (piece != null && afterCut != AfterCut.END && !mended) {
                soFar.append(piece);
            }
            return piece;
        } catch (ModelFailed e) {
            failure = e;
            throw e;
        }
    }

    /** The first piece, of whoever says one first. */
    private String begin() throws ModelFailed {
        until = System.nanoTime() + firstToken.toNanos();
        ModelFailed why = null;
        for (current = 0; current < candidates.size(); current++) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (left.isNegative()) {
                break;
            }
            try {
                return open(candidates.get(current), prompt, share(left)).next();
            } catch (ModelFailed e) {
                // The model that was asked for tells best what is wrong.
                why = why == null ? e : why;
                if (closed || FINAL.contains(e.code())) {
                    throw e;
                }
                stream.close();
                LOG.log(
                        Level.INFO,
                        "{0} did not begin an answer: {1}",
                        candidates.get(current).name(),
                        e.code());
            }
        }
        throw why == null ? Fault.STALLED.failure() : why;
    }

    private Duration share(Duration left) {
        return share(
                left,
                candidates.subList(current + 1, candidates.size()).stream()
                        .map(ProviderModel::firstToken)
                        .toList());
    }

    /**
     * One that is silent for ever must leave some time to the others: to each its own, at the most an even part.
     *
     * @param following the times of those that may follow
     */
    static Duration share(Duration left, List<Duration> following) {
        Duration even = left.dividedBy(following.size() + 1);
        return following.stream()
                .map(own -> own.compareTo(even) < 0 ? own : even)
                .reduce(left, Duration::minus);
    }

    private String goOn() throws ModelFailed {
        try {
            return stream.next();
        } catch (ModelFailed e) {
            if (closed || mended || afterCut == AfterCut.END || !(e instanceof ModelFailed.Unwell)) {
                throw e;
            }
            mended = true;
            String rest = mend();
            if (rest == null) {
                throw e; // what came is kept, and this is why there is no more
            }
            return rest;
        }
    }

    /** What there is after the seam, with it; {@code null} if nothing. */
    private String mend() {
        int failed = current;
        stream.close();
        boolean anew = afterCut == AfterCut.ASK_AGAIN;
        if (anew) {
            current = (failed + 1) % candidates.size();
        } else if (!candidates.get(failed).continues()) {
            return null;
        }
        Prompt wanted = anew ? prompt : prompt.begunWith(soFar.toString());
        try {
            String first = open(candidates.get(current), wanted, firstToken).next();
            LOG.log(
                    Level.INFO,
                    "{0} broke off; {1} goes on",
                    candidates.get(failed).name(),
                    candidates.get(current).name());
            return (anew ? Seam.again(soFar) : Seam.rest(soFar)) + first;
        } catch (ModelFailed e) {
            LOG.log(
                    Level.INFO,
                    "{0} broke off, and {1} does not go on: {2}",
                    candidates.get(failed).name(),
                    candidates.get(current).name(),
                    e.code());
            return null;
        }
    }

    private ModelStream open(ProviderModel model, Prompt prompt, Duration firstToken) throws ModelFailed {
        ModelStream opened = model.open(prompt, firstToken);
        stream = opened;
        // Set first, then look: a close in between must not be missed.
        if (closed) {
            opened.close();
            throw Fault.STOPPED.failure();
        }
        return opened;
    }

    @Override
    public Ending ending() {
        Ending ending = stream.ending();
        if (current == 0 && !mended) {
            return ending;
        }
        String by = current == 0 ? ending.model() : candidates.get(current).name();
        // What the last one tells is not all that an answer of two calls cost.
        return new Ending(ending.finish(), mended ? null : ending.usage(), by);
    }

    /** One that is stuck keeps us from the others, which may still have time: who comes loose asks them. */
    @Override
    public ModelFailed stuck() {
        ModelStream last = stream;
        ModelFailed why = last == null ? null : last.stuck();
        return why != null && System.nanoTime() - until >= 0 ? why : null;
    }

    @Override
    public void close() {
        closed = true;
        ModelStream last = stream;
        if (last != null) {
            last.close();
        }
    }
}
