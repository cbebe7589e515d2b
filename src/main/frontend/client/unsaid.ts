import type { EventFrame } from './frames.ts';
import type { Refused } from './refused.ts';
import type { RoomState, Unsaid } from './state.ts';

/** More than these are not kept; the oldest go first. As many as may wait for an answer, which a closing room refuses all at once. */
const MOST = 100;

/** The room with words of ours that were not taken, if they may be said later. */
export function keepWords(state: RoomState, unsaid: Unsaid): RoomState {
  return unsaid.why.retryable ? { ...state, unsaid: [...state.unsaid, unsaid].slice(-MOST) } : state;
}

/** The room without these words. */
export function forget(state: RoomState, key: string): RoomState {
  const unsaid = state.unsaid.filter((words) => words.key !== key);
  return unsaid.length === state.unsaid.length ? state : { ...state, unsaid };
}

/** The room without the words that this event says: they were taken after all, although nobody knew that at first. */
export function cameThrough(state: RoomState, frame: EventFrame): RoomState {
  if (!('re' in frame) || frame.re === undefined || frame.userId !== state.you?.userId) return state;
  return forget(state, frame.re);
}

/** The error that is left to be told: not one of words that are not kept any more. */
export const leftToTell = (error: Refused | undefined, before: RoomState, after: RoomState) =>
  before.unsaid.some(({ why }) => why === error) && !after.unsaid.some(({ why }) => why === error)
    ? undefined
    : error;
