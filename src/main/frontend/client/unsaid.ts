import type { Refused } from './refused.ts';
import type { RoomState } from './state.ts';
import { wordsOf } from './words.ts';

/** More than these are not kept; the oldest go first. */
const MOST = 20;

/** The room after a command of ours was refused: its words are kept if they may be said later. `before` still held them. */
export function keepWords(
  state: RoomState,
  before: RoomState,
  id: string,
  why: Refused,
  now: number,
): RoomState {
  const words = before.pending.find((pending) => pending.id === id);
  if (!words || !why.retryable) return state;
  const notBefore = now + Math.max(0, why.retryAfterMs ?? 0);
  const unsaid = { ...wordsOf(words), key: id, why, notBefore };
  return { ...state, unsaid: [...state.unsaid, unsaid].slice(-MOST) };
}

/** The room without these words. */
export function forget(state: RoomState, key: string): RoomState {
  return { ...state, unsaid: state.unsaid.filter((unsaid) => unsaid.key !== key) };
}
