import type { PresenceFrame } from './frames.ts';
import type { RoomState } from './state.ts';

/** In larger rooms the server names nobody and only counts (protocol, section 4). */
const MOST_NAMED = 100;

/** The room after a `presence` frame: all members anew, or those who came and went. An older version changes nothing. */
export function present(state: RoomState, frame: PresenceFrame): RoomState {
  if (!state.joined || frame.presence < state.presence) return state;
  const { presence, count, members, joined = [], left = [], typing = [] } = frame;
  const here = { ...state, presence, count, typing };
  if (members) return { ...here, members };
  if (count > MOST_NAMED) return { ...here, members: [] };
  if (joined.length === 0 && left.length === 0) return here;
  // Those who come do not make a list where none was given.
  if (state.members.length === 0 && count > joined.length) return here;
  const gone = new Set([...left, ...joined.map(({ userId }) => userId)]);
  const stayed = state.members.filter(({ userId }) => !gone.has(userId));
  return { ...here, members: [...stayed, ...joined] };
}
