import { append, begin, end } from './answers.ts';
import type {
  AiChunkFrame,
  AiEndFrame,
  AiStartFrame,
  EventFrame,
  Frame,
  MessageFrame,
  RemovedFrame,
  ReplyFrame,
} from './frames.ts';
import { present } from './presence.ts';
import { join } from './snapshot.ts';
import { idOf, newest, said, type Answer, type Item, type Missing, type RoomState } from './state.ts';

/**
 * The room after a frame. Pure, and safe for any frames in any order: repeats change nothing, and where something is
 * missing, `missing` says so and what is there stays as it was. A `joined` with a snapshot makes it whole again.
 */
export function reduce(state: RoomState, frame: Frame): RoomState {
  switch (frame.type) {
    case 'joined':
      return join(state, frame);
    case 'you': {
      const { type: _, ...you } = frame;
      return state.joined ? { ...state, you } : state;
    }
    case 'message':
    case 'ai-start':
    case 'ai-chunk':
    case 'ai-end':
    case 'removed':
    case 'other':
      return state.joined ? advance(event(state, frame), frame.position) : state;
    case 'presence':
      return present(state, frame);
    case 'reply':
      return accepted(state, frame);
    case 'error':
      return frame.re === undefined ? state : withoutPending(state, frame.re);
    case 'status':
      return {
        ...state,
        notice: frame.state === 'ok' ? undefined : { state: frame.state, message: frame.message },
      };
    case 'pong':
      return state;
  }
}

const lacking = (state: RoomState, missing: Missing): RoomState => ({
  ...state,
  missing: state.missing ?? missing,
});

const epoch = (position: string) => position.slice(0, position.lastIndexOf('-') + 1);

/** Positions come from events and snapshots only: that of an HTTP reply says where a command landed, not what was read. */
function advance(state: RoomState, position: string | undefined): RoomState {
  if (position === undefined || position === state.position) return state;
  if (state.position !== undefined && epoch(position) !== epoch(state.position))
    return lacking(state, 'epoch');
  return { ...state, position };
}

function event(state: RoomState, frame: EventFrame): RoomState {
  switch (frame.type) {
    case 'message':
      return told(state, frame);
    case 'ai-start':
      return asked(state, frame);
    case 'ai-chunk':
      return change(state, frame, (answer) => append(answer, frame));
    case 'ai-end':
      return change(state, frame, (answer) => end(answer, frame));
    case 'removed':
      return removed(state, frame);
    case 'other':
      return state;
  }
}

/** Takes it away, also one of ours of which it was only known that the server has it. */
function removed(state: RoomState, { messageId, answerId }: RemovedFrame): RoomState {
  const gone = [messageId, answerId].filter(
    (id) => id !== undefined && !state.removed.includes(id),
  ) as string[];
  if (gone.length === 0) return state;
  const stays = (id: string | undefined) => id === undefined || !gone.includes(id);
  return {
    ...state,
    items: state.items.filter((item) => stays(idOf(item))),
    pending: state.pending.filter(({ eventId }) => stays(eventId)),
    removed: newest([...state.removed, ...gone]),
  };
}

/** The key under which our own item was shown while it was on its way. */
const pendingKey = (state: RoomState, frame: MessageFrame | AiStartFrame, eventId: string) =>
  state.pending.find(
    ({ id, eventId: accepted }) =>
      accepted === eventId || (id === frame.re && frame.userId === state.you?.userId),
  )?.id;

function add(state: RoomState, item: Item): RoomState {
  const here = withoutPending(state, item.key);
  const typing = here.typing.filter((userId) => userId !== item.userId);
  return { ...here, items: newest([...here.items, item]), typing };
}

function told(state: RoomState, frame: MessageFrame): RoomState {
  const { messageId } = frame;
  const key = pendingKey(state, frame, messageId);
  const known = state.items.some((item) => item.kind === 'message' && item.messageId === messageId);
  if (known || state.removed.includes(messageId)) {
    return key === undefined ? state : withoutPending(state, key);
  }
  return add(state, said(frame, key ?? messageId));
}

function asked(state: RoomState, frame: AiStartFrame): RoomState {
  const key = pendingKey(state, frame, frame.answerId);
  if (indexOf(state, frame.answerId) >= 0 || state.removed.includes(frame.answerId)) {
    return key === undefined ? state : withoutPending(state, key);
  }
  return add(state, begin(frame, key ?? frame.answerId));
}

function indexOf(state: RoomState, answerId: string): number {
  // From the end: what changes is almost always new.
  return state.items.findLastIndex((item) => item.kind === 'answer' && item.answerId === answerId);
}

function change(
  state: RoomState,
  { answerId }: AiChunkFrame | AiEndFrame,
  by: (answer: Answer) => Answer | Missing,
): RoomState {
  const index = indexOf(state, answerId);
  const answer = state.items[index] as Answer | undefined;
  if (!answer && state.removed.includes(answerId)) return state;
  if (!answer) return lacking(state, 'gap'); // Its start never came.
  if (answer.status !== 'running') return state; // Settled and proven: a late repeat.
  const next = by(answer);
  if (next === answer) return state;
  return typeof next === 'string' ? lacking(state, next) : { ...state, items: state.items.with(index, next) };
}

function accepted(state: RoomState, { re, messageId, answerId }: ReplyFrame): RoomState {
  const eventId = messageId ?? answerId;
  if (re === undefined || !state.pending.some(({ id }) => id === re)) return state;
  const known = state.items.some((item) => eventId === idOf(item));
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
