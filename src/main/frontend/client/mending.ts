import { Backoff } from './backoff.ts';
import type { Platform } from './platform.ts';

/** After so long (ms) without anything missing the next loss is mended at once again. */
const FORGET = 60_000;

/**
 * Asks for a snapshot when something is missing: at once the first time, ever more rarely if the server's snapshots do
 * not help, so that one that lies costs us nothing but patience.
 */
export class Mending {
  readonly #platform: Platform;
  readonly #ask: () => void;
  readonly #backoff: Backoff;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #timer: unknown;
  #asking = false;

  constructor(platform: Platform, ask: () => void) {
    this.#platform = platform;
    this.#ask = ask;
    this.#backoff = new Backoff(() => 1, 1_000, FORGET);
  }

  /** Something is missing. */
  need(): void {
    if (this.#asking) return;
    this.#asking = true;
    const fresh = this.#platform.now() - this.#lastAsked > FORGET;
    if (fresh) this.#backoff.reset();
    this.#timer = this.#platform.setTimeout(
      () => {
        this.#lastAsked = this.#platform.now();
        this.#ask();
      },
      fresh ? 0 : this.#backoff.next(),
    );
  }

  /** A snapshot came, or the link that it was asked of is gone. */
  settled(): void {
    this.#platform.clearTimeout(this.#timer);
    this.#asking = false;
  }
}
