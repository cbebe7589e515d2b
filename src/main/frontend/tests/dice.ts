/** A small generator of whole numbers below a bound, from a seed (mulberry32), so that a failure can be run again. */
export function dice(seed: number) {
  return (below: number) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export type Roll = ReturnType<typeof dice>;

export const pick = <T>(roll: Roll, from: readonly T[]): T => from[roll(from.length)]!;
