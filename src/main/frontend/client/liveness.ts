import type { Platform } from './platform.ts';

/** How often to ask for a sign of life, in milliseconds. */
const PING = 20_000;
/** With nothing heard for so long the other side is probably dead. */
const DEAD = 40_000;
/** How long a link that is in doubt may take to answer. */
const DOUBT = 5_000;

/** Watches one link: pings it, and says when it is silent for too long. */
export class Liveness {
  readonly #platform: Platform;
  readonly #ping: () => boolean;
  readonly #dead: () => void;
  #heard: number;
  #pingTimer: unknown;
  #deadTimer: unknown;

  constructor(platform: Platform, ping: () => boolean, dead: () => void) {
    this.#platform = platform;
    this.#ping = ping;
    this.#dead = dead;
    this.#heard = platform.now();
    this.#beat();
    this.#watch(DEAD);
  }

  heard(): void {
    this.#heard = this.#platform.now();
  }

  /** The machine woke up or has another network: a link that can be asked has to prove itself soon. */
  doubt(): void {
    this.#prove();
  }

  stop(): void {
    this.#platform.clearTimeout(this.#pingTimer);
    this.#platform.clearTimeout(this.#deadTimer);
  }

  /** False if the link cannot be asked. */
  #prove(): boolean {
    const asked = this.#platform.now();
    if (!this.#ping()) return false;
    this.#platform.clearTimeout(this.#deadTimer);
    this.#deadTimer = this.#platform.setTimeout(() => {
      if (this.#heard >= asked) this.#watch(DEAD);
      else this.#dead();
    }, DOUBT);
    return true;
  }

  #beat(): void {
    this.#pingTimer = this.#platform.setTimeout(() => {
      this.#ping();
      this.#beat();
    }, PING);
  }

  #watch(ms: number): void {
    this.#deadTimer = this.#platform.setTimeout(() => {
      const left = this.#heard + DEAD - this.#platform.now();
      if (left > 0) this.#watch(left);
      // In a hidden tab timers run once a minute: then the last ping is as late as this is, and its answer not here yet.
      else if (!this.#prove()) this.#dead();
    }, ms);
  }
}
