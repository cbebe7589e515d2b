import type {
  EndStatus,
  Frame,
  HistoryAnswer,
  HistoryMessage,
  Person,
  Question,
  Role,
  RunningAnswer,
  Usage,
  You,
} from './frames.ts';
import { isObject, list, number, text, texts, whole, type Json, type Read } from './json.ts';

const count = (value: unknown) => whole(value) ?? 0;
const position = (value: unknown) => (typeof value === 'string' && value.length <= 40 ? value : undefined);

const person: Read<Person> = ({ userId, name }) =>
  typeof userId === 'string' ? { userId, name: text(name) || userId } : undefined;

const you: Read<You> = (from) => {
  const who = person(from);
  return who && { ...who, guest: from.guest === true, role: role(from.role) };
};

const ends: readonly EndStatus[] = ['complete', 'cancelled', 'failed', 'interrupted'];

// A status that a later version invents still means that the answer is over.
const endStatus = (value: unknown): EndStatus => ends.find((known) => known === value) ?? 'interrupted';

const roles: readonly Role[] = ['reader', 'member', 'moderator', 'owner'];

// Of what a later version invents it is only known that one may be here.
const role = (value: unknown): Role =>
  value === undefined ? 'member' : (roles.find((known) => known === value) ?? 'reader');

function usage(value: unknown): Usage | undefined {
  if (!isObject(value)) return undefined;
  return {
    promptTokens: number(value.promptTokens),
    completionTokens: number(value.completionTokens),
    estimated: value.estimated === true,
  };
}

const ending = (from: Json) => ({
  status: endStatus(from.status),
  length: number(from.length),
  digest: text(from.digest),
  by: text(from.by),
  finish: text(from.finish),
  answeredBy: text(from.answeredBy),
  code: text(from.code),
  message: text(from.message),
  retryable: typeof from.retryable === 'boolean' ? from.retryable : undefined,
  retryAfterMs: number(from.retryAfterMs),
  usage: usage(from.usage),
});

const message: Read<HistoryMessage> = (from) => {
  const who = person(from);
  const { messageId, content } = from;
  if (!who || typeof messageId !== 'string' || typeof content !== 'string') return undefined;
  return { type: 'message', messageId, ...who, content, time: number(from.time) ?? 0 };
};

const question: Read<Question> = (from) => {
  const who = person(from);
  const { answerId } = from;
  if (!who || typeof answerId !== 'string') return undefined;
  return {
    answerId,
    ...who,
    prompt: text(from.prompt) ?? '',
    model: text(from.model),
    time: number(from.time) ?? 0,
    regenerates: text(from.regenerates),
    continues: text(from.continues),
  };
};

const running: Read<RunningAnswer> = (from) => {
  const asked = question(from);
  return asked && { ...asked, text: text(from.text) ?? '' };
};

const settled: Read<HistoryMessage | HistoryAnswer> = (from) => {
  if (from.type === 'message') return message(from);
  const answer = from.type === 'answer' ? running(from) : undefined;
  return answer && { type: 'answer', ...answer, ...ending(from) };
};

/**
 * Turns what came over the wire into a frame, or into `undefined` if it is none.
 * Nothing that a server sends makes this throw, and what comes out has the types it claims.
 */
export function readFrame(value: unknown): Frame | undefined {
  if (!isObject(value) || typeof value.type !== 'string') return undefined;
  const at = { position: position(value.position), re: text(value.re) };
  switch (value.type) {
    case 'message': {
      const said = message(value);
      return said && { ...said, ...at };
    }
    case 'ai-queued':
    case 'ai-start': {
      const asked = question(value);
      return asked && { type: value.type, ...asked, ...at };
    }
    case 'ai-chunk': {
      const { answerId, content } = value;
      if (typeof answerId !== 'string' || typeof content !== 'string') return undefined;
      if (!Number.isSafeInteger(value.at) || (value.at as number) < 0) return undefined;
      return { type: 'ai-chunk', answerId, content, at: value.at as number, ...at };
    }
    case 'ai-end': {
      const { answerId } = value;
      if (typeof answerId !== 'string') return undefined;
      return {
        type: 'ai-end',
        answerId,
        userId: text(value.userId),
        time: number(value.time),
        ...ending(value),
        ...at,
      };
    }
    case 'removed': {
      const [messageId, answerId] = [text(value.messageId), text(value.answerId)];
      const who = person(value) ?? { userId: '', name: '' };
      if (messageId === undefined && answerId === undefined) return { type: 'other', position: at.position };
      return { type: 'removed', messageId, answerId, ...who, ...at };
    }
    case 'joined': {
      const me = isObject(value.you) ? you(value.you) : undefined;
      if (!me || at.position === undefined) return undefined;
      return {
        type: 'joined',
        re: at.re,
        position: at.position,
        roomId: text(value.roomId) ?? '',
        session: text(value.session),
        recovered: value.recovered === true,
        you: me,
        members: list(value.members, person),
        count: count(value.count),
        presence: count(value.presence),
        history: list(value.history, settled),
        answers: list(value.answers, running),
        waiting: list(value.waiting, question),
        tokens: whole(value.tokens),
      };
    }
    case 'you': {
      const me = you(value);
      return me && { type: 'you', ...me };
    }
    case 'reply':
      return {
        type: 'reply',
        re: at.re,
        messageId: text(value.messageId),
        answerId: text(value.answerId),
        repeated: value.repeated === true,
      };
    case 'error':
      return {
        type: 'error',
        re: at.re,
        code: text(value.code) ?? 'internal',
        message: text(value.message) ?? 'The server refused this.',
        retryable: value.retryable === true,
        retryAfterMs: number(value.retryAfterMs),
      };
    case 'presence':
      return {
        type: 'presence',
        presence: count(value.presence),
        count: count(value.count),
        members: Array.isArray(value.members) ? list(value.members, person) : undefined,
        joined: list(value.joined, person),
        left: texts(value.left),
        typing: texts(value.typing),
      };
    case 'status':
      return { type: 'status', state: text(value.state) ?? 'ok', message: text(value.message) };
    case 'pong':
      return { type: 'pong' };
    default:
      return { type: 'other', position: at.position };
  }
}

/** Reads one frame from its JSON text; `undefined` if it is not JSON or not a frame. */
export function parseFrame(json: string): Frame | undefined {
  try {
    return readFrame(JSON.parse(json));
  } catch {
    return undefined;
  }
}
