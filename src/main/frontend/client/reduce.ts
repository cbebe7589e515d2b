import { append, begin, end } from './answers.ts';
import type {
  AiChunkFrame,
  AiEndFrame,
  AiStartFrame,
  EventFrame,
  Frame,
  MessageFrame,
  RemovedFrame,
  Usage,
} from './frames.ts';
import { settle } from './page.ts';
import { accepted, pendingKey, withoutPending } from './pending.ts';
import { present } from './presence.ts';
import { join } from './snapshot.ts';
import {
  idOf,
  indexOf,
  newest,
  said,
  type Answer,
  type Item,
  type Missing,
  type RoomState,
} from './state.ts';
import { cameThrough } from './unsaid.ts';
import { queued, waits, withoutWaiting } from './waiting.ts';

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
    case 'ai-queued':
    case 'ai-start':
    case 'ai-chunk':
    case 'ai-end':
    case 'removed':
    case 'other':
      return state.joined ? advance(event(cameThrough(state, frame), frame), frame.position) : state;
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
    case 'ai-queued':
      return queued(state, frame);
    case 'ai-start':
      return asked(state, frame);
    case 'ai-chunk':
      return change(state, frame, (answer) => append(answer, frame));
    case 'ai-end':
      return ended(state, frame);
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
    waiting: state.waiting.filter(({ answerId }) => stays(answerId)),
    pending: state.pending.filter(({ eventId }) => stays(eventId)),
    page: state.page.filter(({ id }) => stays(id)),
    removed: newest([...state.removed, ...gone]),
  };
}

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
  return settled(add(state, said(frame, key ?? messageId)), frame);
}

function asked(state: RoomState, frame: AiStartFrame): RoomState {
  const { answerId } = frame;
  const question = waits(state, answerId);
  const key = pendingKey(state, frame, answerId);
  if (indexOf(state, answerId) >= 0 || state.removed.includes(answerId)) {
    return key === undefined ? state : withoutPending(state, key);
  }
  const here = key === undefined ? state : withoutPending(state, key);
  // What its `ai-queued` said of it holds, where the start does not say it again.
  const { prompt, model, regenerates, continues } = frame;
  const whole = question && {
    prompt: prompt || question.prompt,
    model: model ?? question.model,
    regenerates: regenerates ?? question.regenerates,
    continues: continues ?? question.continues,
  };
  const answer = begin({ ...frame, ...whole }, question?.key ?? key ?? answerId);
  return add(withoutWaiting(here, answerId), answer);
}

function ended(state: RoomState, frame: AiEndFrame): RoomState {
  const { answerId, status } = frame;
  const question = waits(state, answerId);
  if (!question) return change(state, frame, (answer) => end(answer, frame));
  const answer = end(begin(question, question.key), frame);
  if (typeof answer === 'string') return lacking(state, 'gap'); // It did begin, and that never came.
  const here = withoutWaiting(state, answerId);
  // What is taken back before it began leaves no trace, as for those who come later.
  if (status === 'cancelled') return { ...here, removed: newest([...here.removed, answerId]) };
  return settled(add(here, answer), answer);
}

/** Whose answer has ended is behind others of the same turn, for as long as it stands in the page. */
const settled = (state: RoomState, last: Answer | MessageFrame): RoomState =>
  'status' in last && last.status === 'running' ? state : { ...state, page: settle(state.page, last) };

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
  if (typeof next === 'string') return lacking(state, next);
  return settled(counted({ ...state, items: state.items.with(index, next) }, next.usage), next);
}

/** Counts what an answer used, where the room's tokens are counted. An answer that goes on has used nothing yet. */
function counted(state: RoomState, used: Usage | undefined): RoomState {
  if (!used || state.tokens === undefined) return state;
  const { promptTokens = 0, completionTokens = 0 } = used;
  return { ...state, tokens: state.tokens + Math.max(0, promptTokens) + Math.max(0, completionTokens) };
}
