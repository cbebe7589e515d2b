import { Attempt, type AttemptEvents } from './attempt.ts';
import { Backoff } from './backoff.ts';
import type { Command, ErrorFrame, Frame } from './frames.ts';
import { Ladder, STEADY } from './ladder.ts';
import { Refused } from './refused.ts';
import { Renewal } from './renewal.ts';
import { CLOSE, type Ended, type Target, type Transport } from './transport.ts';

/** However long a server asks to wait (ms), look again after this. */
const LONGEST_WAIT = 300_000;

/** The close codes by which a server says that it does not let us in for now, and what they would be as a refusal. */
const keptOut: Record<number, string> = { 4004: 'unavailable', 4005: 'rate-limited' };

/** What the server said of why it does not let us in, if it did. */
function saidWhy({ code, reason, refused }: Ended): Refused | undefined {
  const why = keptOut[code];
  return why === undefined || reason === '' ? refused : new Refused(why, reason, true);
}

export interface ConnectionOptions extends Pick<Target, 'base' | 'roomId' | 'credentials' | 'platform'> {
  /** The best first. */
  transports: readonly Transport[];
  /** Where to go on from. */
  resume: () => Pick<Target, 'since' | 'session' | 'told' | 'presence' | 'role'>;
  frame: (frame: Frame) => void;
  /** The room is joined by this transport: what waits may go. */
  up: (transport: Transport) => void;
  /** The room is lost for now, and an attempt follows; the server may have said why. */
  down: (why?: Refused) => void;
  /** The room is lost for good. */
  over: (why: Refused) => void;
}

/** Keeps one link to a room open, whatever happens: picks the transport, comes back after losses, climbs back up. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #ladder: Ladder;
  readonly #backoff: Backoff;
  readonly #renewal: Renewal;
  readonly #events: AttemptEvents;
  readonly #unsleep: () => void;
  #current: Attempt | undefined;
  /** The best transport, tried beside the one in use. */
  #probe: Attempt | undefined;
  #retryTimer: unknown;
  #climbTimer: unknown;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#ladder = new Ladder(options.transports);
    this.#backoff = new Backoff(() => options.platform.random());
    this.#renewal = new Renewal(options.platform, options.credentials, (id, token) =>
      this.send({ type: 'refresh', id, token }),
    );
    this.#events = {
      ready: (attempt) => this.#ready(attempt),
      frame: (attempt, frame) => this.#frame(attempt, frame),
      refused: (attempt, error) => this.#refused(attempt, error),
      ended: (attempt, end) => this.#ended(attempt, end),
    };
    this.#unsleep = options.platform.onWake(() => this.#wake());
    this.#connect();
  }

  /** Sends a command if the room is joined now; says whether it did. */
  send(command: Command): boolean {
    if (!this.#current?.joined) return false;
    this.#current.send(command);
    return true;
  }

  /** Asks for a snapshot, because something is missing; without a link the next one does. */
  resync(): void {
    this.#current?.resync();
  }

  /** Closes for good, without a word. */
  stop(): void {
    const { platform } = this.#options;
    this.#unsleep();
    this.#renewal.stop();
    platform.clearTimeout(this.#retryTimer);
    platform.clearTimeout(this.#climbTimer);
    this.#current?.close();
    this.#probe?.close();
  }

  #connect(): void {
    this.#retryTimer = undefined;
    this.#current = this.#attempt(this.#ladder.current);
  }

  #attempt(transport: Transport): Attempt {
    const { base, roomId, credentials, platform, resume } = this.#options;
    return new Attempt(transport, { base, roomId, credentials, platform, ...resume() }, this.#events);
  }

  #frame(attempt: Attempt, frame: Frame): void {
    if (attempt === this.#probe && frame.type === 'joined') this.#swap(attempt);
    if (attempt !== this.#current || this.#renewal.takes(frame)) return;
    if (frame.type === 'error' && (frame.code === 'not-joined' || frame.code === 'unauthorized')) {
      // The server forgot us: the command was not refused for what it says, and is sent again by the next link.
      const code = frame.code === 'unauthorized' ? CLOSE.tokenEnded : CLOSE.lost;
      attempt.end({ code, reason: frame.message, beforeTransport: true });
      return;
    }
    this.#options.frame(frame);
  }

  /** The better transport got through. What it told so far began where we were when it was opened: nothing is lost. */
  #swap(probe: Attempt): void {
    this.#options.platform.clearTimeout(this.#retryTimer); // The other may just have been lost.
    this.#retryTimer = undefined;
    this.#current?.close();
    this.#current = probe;
    this.#probe = undefined;
    this.#ladder.climbed();
  }

  #ready(attempt: Attempt): void {
    if (attempt !== this.#current) return;
    this.#options.credentials.accepted();
    this.#renewal.start();
    if (!this.#ladder.atTop) this.#climbLater();
    this.#options.up(attempt.transport);
  }

  #refused(attempt: Attempt, error: ErrorFrame): void {
    const { code, message: reason, retryAfterMs } = error;
    if (code === 'bad-position' && attempt.resumes && !attempt.joined) attempt.resync();
    else if (code === 'unauthorized') attempt.end({ code: CLOSE.tokenEnded, reason });
    else if (error.retryable || attempt === this.#probe) {
      // Without the time to wait: nobody but us has to come back.
      const refused = new Refused(code, reason, true);
      attempt.end({ code: CLOSE.lost, reason, retryAfterMs, beforeTransport: true, refused });
    } else {
      attempt.close();
      this.#over(Refused.from(error));
    }
  }

  #ended(attempt: Attempt, end: Ended): void {
    if (attempt === this.#probe) {
      this.#probe = undefined;
      this.#climbLater();
      return;
    }
    this.#current = undefined;
    this.#renewal.stop();
    const { credentials } = this.#options;
    if (end.code >= 4500 && end.code <= 4999) {
      this.#over(new Refused('closed', end.reason || 'The server closed the room to us.'));
      return;
    }
    if (end.code === CLOSE.tokenEnded) credentials.refused();
    if (credentials.hopeless) this.#over(new Refused('unauthorized', end.reason));
    else this.#comeBack(attempt.lasted, end);
  }

  #comeBack(lasted: number | undefined, end: Ended): void {
    const { code, retryAfterMs = 0, beforeTransport, mute } = end;
    const { platform, credentials } = this.#options;
    const worked = lasted !== undefined && lasted >= STEADY;
    const mayBeTransport = code !== CLOSE.tokenEnded || !credentials.given;
    const mayFall = !beforeTransport && mayBeTransport && platform.online();
    const fell = mayFall && this.#ladder.fell(mute ? undefined : lasted);
    if (worked) this.#backoff.reset();
    const soon = worked && code === CLOSE.tokenEnded ? 0 : undefined;
    // Only a round through all transports is a failure of the server: after an outage the one that works is soon found.
    const wait = soon ?? (fell ? this.#backoff.soon() : this.#backoff.next());
    this.#retryTimer = platform.setTimeout(
      () => this.#connect(),
      Math.max(wait, Math.min(retryAfterMs, LONGEST_WAIT)),
    );
    this.#options.down(saidWhy(end));
  }

  #over(why: Refused): void {
    this.#current = undefined;
    this.stop();
    this.#options.over(why);
  }

  #climbLater(): void {
    const { platform } = this.#options;
    platform.clearTimeout(this.#climbTimer);
    this.#climbTimer = platform.setTimeout(() => this.#climb(), this.#ladder.nextClimb());
  }

  #climb(): void {
    if (this.#ladder.atTop || this.#probe || !this.#current?.joined) return;
    this.#probe = this.#attempt(this.#ladder.best);
  }

  #wake(): void {
    if (this.#retryTimer !== undefined) {
      this.#options.platform.clearTimeout(this.#retryTimer);
      this.#connect();
      return;
    }
    this.#current?.doubt();
    this.#climb();
  }
}
