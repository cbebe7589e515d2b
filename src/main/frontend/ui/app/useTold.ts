import { useCallback, useEffect, useState } from 'react';
import { Refused } from '../../react/index.ts';

/** What the server told, and how to ask it again or to change it. */
export interface Told<T> {
  /** `undefined` until it was told for the first time. */
  found: T | undefined;
  /** A sentence, if the last thing asked or done was refused. */
  problem: string | undefined;
  /** Does something, and asks again; says whether it was done. */
  act: (what: () => Promise<unknown>) => Promise<boolean>;
}

export const sentence = (problem: unknown) =>
  problem instanceof Refused ? problem.message : 'That did not work. Try again.';

/** Asks the server once, and after each change. `ask` must be the same function for as long as the same is asked; `undefined` asks nothing. */
export function useTold<T>(ask: (() => Promise<T>) | undefined): Told<T> {
  const [told, setTold] = useState<{ by: typeof ask; found?: T; problem?: string }>({ by: ask });
  useEffect(() => {
    let current = true;
    ask?.().then(
      (found) => current && setTold({ by: ask, found }),
      (why: unknown) => current && setTold({ by: ask, problem: sentence(why) }),
    );
    return () => void (current = false);
  }, [ask]);
  const act = useCallback(
    async (what: () => Promise<unknown>) => {
      try {
        await what();
      } catch (why) {
        setTold((before) => ({ ...before, problem: sentence(why) }));
        return false;
      }
      await ask?.().then(
        (found) => setTold({ by: ask, found }),
        (why: unknown) => setTold((before) => ({ ...before, problem: sentence(why) })),
      );
      return true;
    },
    [ask],
  );
  const mine = told.by === ask;
  return { found: mine ? told.found : undefined, problem: mine ? told.problem : undefined, act };
}
