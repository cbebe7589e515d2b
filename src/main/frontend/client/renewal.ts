import type { Credentials } from './credentials.ts';
import type { Frame } from './frames.ts';
import { randomId } from './ids.ts';
import type { Platform } from './platform.ts';

/** So long (ms) before its end a token is replaced; one of a short life in the last quarter of it. */
const AHEAD = 60_000;
/** A token is not asked for more often than this (ms), whatever is said of its end. */
const SELDOM = 5_000;
/** Timers cannot wait for longer than 24 days; look again after one. */
const DAY = 86_400_000;

/** Shows the server a new token on the open connection, in time before the one that it knows ends. */
export class Renewal {
  readonly #platform: Platform;
  readonly #credentials: Credentials;
  readonly #show: (id: string, token: string) => void;
  #timer: unknown;
  /** Counts the connections, so that what was begun for one does nothing to the next. */
  #round = 0;
  /** The command that shows a token, and when the one ends that the server knows. */
  #shown: { id: string; until: number } | undefined;

  constructor(platform: Platform, credentials: Credentials, show: (id: string, token: string) => void) {
    this.#platform = platform;
    this.#credentials = credentials;
    this.#show = show;
  }

  /** The room was joined. */
  start(): void {
    this.stop();
    void this.#plan(this.#round);
  }

  stop(): void {
    this.#round++;
    this.#platform.clearTimeout(this.#timer);
  }

  /**
   * Whether a frame answers what was shown. A refusal changes nothing but that another token is asked for, while the one
   * that the server knows is good.
   */
  takes(frame: Frame): boolean {
    if ((frame.type !== 'reply' && frame.type !== 'error') || frame.re === undefined) return false;
    if (!this.#shown || frame.re !== this.#shown.id) return false;
    const { until } = this.#shown;
    this.#shown = undefined;
    if (frame.type === 'error' && frame.code === 'unauthorized') {
      this.#credentials.drop();
      this.stop(); // What is planned is so by the token that was refused.
      this.#sooner(this.#round, until);
    }
    return true;
  }

  async #plan(round: number): Promise<void> {
    const until = await this.#credentials.until();
    if (until === undefined || round !== this.#round) return;
    const left = until - this.#platform.now();
    const wait = left - Math.min(AHEAD, left / 4);
    if (left > SELDOM) this.#later(round, Math.max(SELDOM, wait), until);
  }

  #later(round: number, wait: number, until: number): void {
    const rest = wait - DAY;
    this.#timer = this.#platform.setTimeout(
      () => (rest > 0 ? this.#later(round, rest, until) : void this.#renew(round, until)),
      Math.min(wait, DAY),
    );
  }

  /** Where there is no better token yet, it is asked for again while there is time; then the server ends the connection. */
  async #renew(round: number, until: number): Promise<void> {
    const token = await this.#credentials.renew();
    if (round !== this.#round) return;
    if (token !== undefined) {
      const id = randomId();
      this.#shown = { id, until };
      this.#show(id, token);
    }
    const next = await this.#credentials.until();
    if (round !== this.#round) return;
    if (next !== undefined && next > until) void this.#plan(round);
    else this.#sooner(round, until);
  }

  /** Tries once more before the token ends, if there is time. */
  #sooner(round: number, until: number): void {
    const left = until - this.#platform.now();
    if (left > 2 * SELDOM) this.#later(round, left / 2, until);
  }
}
