import { useSyncExternalStore } from 'react';
import { cleanRoomName } from './names.ts';

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

function roomInHash(): string | undefined {
  const [, encoded] = /^#\/(.+)$/.exec(location.hash) ?? [];
  try {
    return encoded === undefined ? undefined : cleanRoomName(decodeURIComponent(encoded));
  } catch {
    return undefined; // Not what we would have written: the lobby it is.
  }
}

/** The room in the address (`#/standup`), if there is one. In the hash, so that any context root works. */
export const useRoute = () => useSyncExternalStore(subscribe, roomInHash);

export const hrefOf = (room: string) => `#/${encodeURIComponent(room)}`;

export function goTo(room: string): void {
  location.hash = hrefOf(room);
}
