import { useCallback, useEffect, useState } from 'react';
import type { RealtimeAI, Rooms } from '../../react/index.ts';
import { runsShort, type Allowance } from './left.ts';
import { useNow } from './useNow.ts';

/**
 * A sentence when questions or tokens run short. The server is asked at the join, after a refusal for asking too much,
 * and, where tokens are counted, after each of one's own answers; in between it is reckoned.
 */
export function useAllowance(rooms: Rooms, { connected, error, answers, you }: RealtimeAI) {
  const [allowance, setAllowance] = useState<Allowance>();
  const refused = error?.code === 'rate-limited' ? error : undefined;
  const counted = allowance?.left.tokens !== undefined;
  const ended = counted
    ? answers.filter(({ userId, usage }) => userId === you?.userId && usage !== undefined).length
    : 0;
  useEffect(() => {
    if (!connected) return;
    let current = true;
    rooms.me().then(
      ({ left }) => current && setAllowance({ left, at: Date.now(), asked: 0 }),
      () => {}, // Then it is not told.
    );
    return () => void (current = false);
  }, [rooms, connected, refused, ended]);
  const asked = useCallback(
    () => setAllowance((before) => before && { ...before, asked: before.asked + 1 }),
    [],
  );
  const limited = allowance?.left.questions !== undefined || counted;
  const now = useNow(limited && (allowance?.asked ?? 0) > 0);
  return { short: allowance && runsShort(allowance, Math.max(now, allowance.at)), asked };
}
