import { useEffect, useRef, useState } from 'react';
import type { RealtimeAI, Rooms, RoomUsage } from '../../react/index.ts';

const DAY = 86_400_000;

/**
 * What the room used today and may use; nothing where the server does not count. It is asked at the join and when what
 * is said is of another day, and counted on in between.
 */
export function useUsage(
  rooms: Rooms,
  room: string,
  { connected, tokens, items }: RealtimeAI,
): RoomUsage | undefined {
  const [told, setTold] = useState<RoomUsage & { counted: number }>();
  const counted = useRef(0);
  useEffect(() => void (counted.current = tokens ?? 0), [tokens]);
  const counts = tokens !== undefined;
  const day = Math.floor((items.at(-1)?.time ?? 0) / DAY);
  useEffect(() => {
    if (!connected || !counts) return;
    let current = true;
    rooms.usage(room).then(
      (usage) => current && setTold({ ...usage, counted: counted.current }),
      () => {}, // Then there is only what we counted ourselves.
    );
    return () => void (current = false);
  }, [rooms, room, connected, counts, day]);
  if (tokens === undefined) return undefined;
  if (!told) return { tokensToday: tokens, limit: undefined };
  return { tokensToday: told.tokensToday + Math.max(0, tokens - told.counted), limit: told.limit };
}
