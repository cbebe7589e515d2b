import type { AiQueuedFrame, AiStartFrame, MessageFrame, ReplyFrame } from './frames.ts';
import { idOf, type RoomState } from './state.ts';

/** The key under which our own item was shown while it was on its way. */
export const pendingKey = (
  state: RoomState,
  frame: MessageFrame | AiQueuedFrame | AiStartFrame,
  eventId: string,
) =>
  state.pending.find(
    ({ id, eventId: accepted }) =>
      accepted === eventId || (id === frame.re && frame.userId === state.you?.userId),
  )?.id;

/**
 * The room after the reply to a command of ours: what it said stays shown until its event comes. Where a snapshot came
 * meanwhile it does not, since the event may be older than what that shows, and then never comes; if it does come, it is
 * shown by that.
 */
export function accepted(state: RoomState, { re, messageId, answerId }: ReplyFrame): RoomState {
  const eventId = messageId ?? answerId;
  const mine = state.pending.find(({ id }) => id === re);
  if (re === undefined || !mine) return state;
  const skipped = mine.phase === 'unseen' || mine.phase === 'doubtful';
  const known =
    skipped ||
    state.items.some((item) => eventId === idOf(item)) ||
    state.waiting.some(({ answerId }) => answerId === eventId);
  if (eventId === undefined || known || state.removed.includes(eventId)) return withoutPending(state, re);
  const pending = state.pending.map((mine) =>
    mine.id === re ? { ...mine, phase: 'accepted' as const, eventId } : mine,
  );
  return { ...state, pending };
}

/** The room without our pending item of that id: it became real, was refused or given up. */
export function withoutPending(state: RoomState, id: string): RoomState {
  const pending = state.pending.filter((mine) => mine.id !== id);
  return pending.length === state.pending.length ? state : { ...state, pending };
}
