/**
 * Exponential backoff with full jitter: the n-th wait is anything between zero and `base * 2^n`, at most `cap`, so that
 * the clients of a server that comes back do not all come at once.
 */
export class Backoff {
  readonly #random: () => number;
  readonly #base: number;
  readonly #cap: number;
  #failures = 0;

  /** Times in milliseconds. */
  constructor(random: () => number, base = 500, cap = 30_000) {
    this.#random = random;
    this.#base = base;
    this.#cap = cap;
  }

  /** How long to wait before the next attempt, in milliseconds. */
  next(): number {
    const most = Math.min(this.#cap, this.#base * 2 ** Math.min(this.#failures, 30));
    this.#failures++;
    return Math.floor(this.#random() * most);
  }

  /** A wait as if nothing had failed yet, which counts for nothing. */
  soon(): number {
    return Math.floor(this.#random() * this.#base);
  }

  reset(): void {
    this.#failures = 0;
  }
}
