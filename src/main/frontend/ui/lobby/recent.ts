import { onMachine } from '../app/stored.ts';

const MOST = 5;
const stored = onMachine('rooms');

/** The rooms visited last on this machine, the newest first. */
export function recentRooms(): string[] {
  try {
    const rooms = JSON.parse(stored.read() ?? '[]') as unknown;
    return Array.isArray(rooms)
      ? rooms.filter((room): room is string => typeof room === 'string').slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

export function rememberRoom(room: string): void {
  stored.write(JSON.stringify([room, ...recentRooms().filter((other) => other !== room)].slice(0, MOST)));
}
