import type { Command, ErrorFrame, Frame } from './frames.ts';
import { Liveness } from './liveness.ts';
import { CLOSE, type Ended, type Link, type Target, type Transport } from './transport.ts';

/** A link that has not joined after so long (ms) is given up. */
const JOIN_WITHIN = 10_000;

export interface AttemptEvents {
  ready(attempt: Attempt): void;
  frame(attempt: Attempt, frame: Frame): void;
  refused(attempt: Attempt, error: ErrorFrame): void;
  /** Once; after it the attempt tells nothing more. */
  ended(attempt: Attempt, end: Ended): void;
}

/** One link with what watches it: it has to join in time, and to show signs of life. */
export class Attempt {
  readonly transport: Transport;
  /** Whether it asked to resume, and not for a snapshot. */
  readonly resumes: boolean;
  readonly #target: Target;
  readonly #events: AttemptEvents;
  readonly #link: Link;
  readonly #liveness: Liveness;
  #joinTimer: unknown;
  #joinedAt: number | undefined;
  #over = false;

  constructor(transport: Transport, target: Target, events: AttemptEvents) {
    this.transport = transport;
    this.resumes = target.since !== undefined;
    this.#target = target;
    this.#events = events;
    this.#link = transport.open(target, {
      alive: () => this.#liveness.heard(),
      ready: () => this.#over || this.#ready(),
      frame: (frame) => this.#over || events.frame(this, frame),
      refused: (error) => this.#over || events.refused(this, error),
      ended: (end) => this.end(end),
    });
    const silent = () => this.end({ code: CLOSE.silent, reason: 'The server is silent.' });
    this.#liveness = new Liveness(target.platform, () => this.#link.ping(), silent);
    this.#expectJoin();
  }

  get joined(): boolean {
    return this.#joinedAt !== undefined;
  }

  /** For how long it has been joined, in milliseconds; `undefined` if never. */
  get lasted(): number | undefined {
    return this.#joinedAt === undefined ? undefined : this.#target.platform.now() - this.#joinedAt;
  }

  send(command: Command): void {
    this.#link.send(command);
  }

  resync(): void {
    this.#expectJoin();
    this.#link.resync();
  }

  /** The machine slept or changed its network. */
  doubt(): void {
    this.#liveness.doubt();
  }

  /** Closes, and tells why. */
  end(end: Ended): void {
    if (this.#over) return;
    this.close();
    this.#events.ended(this, end);
  }

  /** Closes without a word. */
  close(): void {
    this.#over = true;
    this.#liveness.stop();
    this.#target.platform.clearTimeout(this.#joinTimer);
    this.#link.close();
  }

  #expectJoin(): void {
    const { platform } = this.#target;
    platform.clearTimeout(this.#joinTimer);
    const late = () => this.end({ code: CLOSE.silent, reason: 'The server did not let us in in time.' });
    this.#joinTimer = platform.setTimeout(late, JOIN_WITHIN);
  }

  #ready(): void {
    this.#target.platform.clearTimeout(this.#joinTimer);
    this.#joinedAt ??= this.#target.platform.now();
    this.#events.ready(this);
  }
}
