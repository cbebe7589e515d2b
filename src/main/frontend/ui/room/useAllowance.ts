import { useCallback, useEffect, useState } from 'react';
import type { RealtimeAI, Rooms } from '../../react/index.ts';
import { comesBack, isNone, whatIsLeft, type Allowance, type Told } from './left.ts';
import { useNow } from './useNow.ts';

const NOTHING: Told = { short: undefined, aloud: undefined, rest: '' };

/** How often (ms) the server is asked while there are no tokens. */
const NONE_YET = 60_000;

/**
 * What is left of questions and tokens; nothing where nothing is limited. The server is asked at the join, when one comes
 * back to the page, which others of one's tabs may have used meanwhile, after a refusal for asking too much, and, where
 * tokens are counted, after each of one's own answers, and now and then while there are none; in between it is reckoned.
 */
export function useAllowance(rooms: Rooms, { connected, error, answers, you }: RealtimeAI) {
  const [allowance, setAllowance] = useState<Allowance>();
  const refused = error?.code === 'rate-limited' ? error : undefined;
  const counted = allowance?.left.tokens !== undefined;
  const ended = counted
    ? answers.filter(({ userId, usage }) => userId === you?.userId && usage !== undefined).length
    : 0;
  const looks = useLooks(isNone(allowance?.left.tokens));
  useEffect(() => {
    if (!connected) return;
    let current = true;
    rooms.me().then(
      ({ left }) => current && setAllowance({ left, at: Date.now(), asked: 0 }),
      () => {}, // Then it is not told.
    );
    return () => void (current = false);
  }, [rooms, connected, refused, ended, looks]);
  const asked = useCallback(
    () => setAllowance((before) => before && { ...before, asked: before.asked + 1 }),
    [],
  );
  const [ticks, setTicks] = useState(false);
  const now = Math.max(useNow(ticks), allowance?.at ?? 0);
  const matters = allowance !== undefined && comesBack(allowance, now);
  if (matters !== ticks) setTicks(matters);
  return { left: allowance ? whatIsLeft(allowance, now) : NOTHING, asked };
}

/** How often one has come back to the page and, while one waits there, how often it was time to look again. */
function useLooks(waits: boolean): number {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && setLooks((before) => before + 1);
    document.addEventListener('visibilitychange', look);
    const timer = waits ? setInterval(look, NONE_YET) : undefined;
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [waits]);
  return looks;
}
