/** Milliseconds of work that may be ahead of what is paid for: of what is seen for the first time, and of what has grown. */
const FIRST = 2_000;
const AGAIN = 100;

/** Milliseconds that nobody notices, such as a paragraph takes. */
const CHEAP = 8;

/** The time until which half of it has been spent on drawing. */
let paid = 0;

/**
 * Draws at once, or later where drawing takes so much of the time that there would be no half of it for the person at the
 * page.
 *
 * @param took milliseconds that it took the last time; undefined if there was none
 * @param done gets what was drawn, and how long it took this time
 * @returns what takes it back, if it is done later
 */
export function inTurn<T>(
  took: number | undefined,
  draw: () => T,
  done: (drawn: T, took: number) => void,
): (() => void) | undefined {
  const ahead = took === undefined ? FIRST : took < CHEAP ? Infinity : AGAIN;
  let later: ReturnType<typeof setTimeout> | undefined;
  const attempt = () => {
    const begun = performance.now();
    const wait = paid - begun - ahead;
    if (wait > 0) {
      later = setTimeout(attempt, wait);
      return;
    }
    const drawn = draw();
    const spent = performance.now() - begun;
    paid = Math.max(paid, begun) + 2 * spent;
    done(drawn, spent);
  };
  attempt();
  return later && (() => clearTimeout(later));
}
