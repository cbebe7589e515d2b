import type { Transport } from './transport.ts';

/** A link that lasted this long (ms) works; one that breaks sooner may be cut by something on the way. */
export const STEADY = 10_000;
const FIRST_CLIMB = 5_000;
const RARE_CLIMB = 300_000;

/** Decides which transport to use next: down a rung when one does not get through, and from time to time up again. */
export class Ladder {
  readonly #rungs: readonly Transport[];
  #rung = 0;
  #strikes = 0;
  #climb = FIRST_CLIMB;

  /** The best transport first. */
  constructor(rungs: readonly Transport[]) {
    this.#rungs = rungs;
  }

  get current(): Transport {
    return this.#rungs[this.#rung]!;
  }

  get best(): Transport {
    return this.#rungs[0]!;
  }

  get atTop(): boolean {
    return this.#rung === 0;
  }

  /** A link ended that had been joined for `lasted` ms, or never if `undefined`. True if the next is one rung down. */
  fell(lasted: number | undefined): boolean {
    if (lasted !== undefined && lasted >= STEADY) {
      this.#strikes = 0;
      if (this.atTop) this.#climb = FIRST_CLIMB;
      return false;
    }
    this.#strikes++;
    if (lasted !== undefined && this.#strikes < 2) return false; // Once is bad luck.
    this.#strikes = 0;
    this.#rung = (this.#rung + 1) % this.#rungs.length;
    return !this.atTop;
  }

  /** When to try the best transport again beside the one in use, in milliseconds: soon, then ever more rarely. */
  nextClimb(): number {
    const wait = this.#climb;
    this.#climb = Math.min(RARE_CLIMB, this.#climb * 3);
    return wait;
  }

  /** The best transport got through. */
  climbed(): void {
    this.#rung = 0;
    this.#strikes = 0;
  }
}
