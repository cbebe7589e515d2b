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
  #shown: string | undefined;

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

  /** Whether a frame answers what was shown; a refusal changes nothing but that another token is asked for. */
  takes(frame: Frame): boolean {
    if ((frame.type !== 'reply' && frame.type !== 'error') || frame.re === undefined) return false;
    if (frame.re !== this.#shown) return false;
    this.#shown = undefined;
    if (frame.type === 'error' && frame.code === 'unauthorized') this.#credentials.refused();
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
      this.#shown = randomId();
      this.#show(this.#shown, token);
    }
    const next = await this.#credentials.until();
    if (round !== this.#round) return;
    if (next !== undefined && next > until) void this.#plan(round);
    else {
      const left = until - this.#platform.now();
      if (left > 2 * SELDOM) this.#later(round, left / 2, until);
    }
  }
}
