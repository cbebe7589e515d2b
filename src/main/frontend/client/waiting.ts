import type { AiQueuedFrame } from './frames.ts';
import { pendingKey, withoutPending } from './pending.ts';
import { indexOf, newest, type RoomState } from './state.ts';

/** The question of that answerId, if it waits. */
export const waits = (state: RoomState, id: string) => state.waiting.find(({ answerId }) => answerId === id);

/** The room after an `ai-queued`: the question stands at the end of those that wait. */
export function queued(state: RoomState, frame: AiQueuedFrame): RoomState {
  const { answerId, userId, name, prompt, model, time, regenerates, continues } = frame;
  const key = pendingKey(state, frame, answerId);
  const here = key === undefined ? state : withoutPending(state, key);
  const known = waits(state, answerId) ?? indexOf(state, answerId) >= 0;
  if (known || state.removed.includes(answerId)) return here;
  const question = { answerId, userId, name, prompt, model, time, regenerates, continues };
  return {
    ...here,
    waiting: newest([...here.waiting, { ...question, key: key ?? answerId }]),
    typing: here.typing.filter((one) => one !== userId),
  };
}

/** The room without that question among those that wait. */
export const withoutWaiting = (state: RoomState, answerId: string): RoomState =>
  waits(state, answerId)
    ? { ...state, waiting: state.waiting.filter((one) => one.answerId !== answerId) }
    : state;
