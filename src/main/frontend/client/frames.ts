/**
 * The frames of the Roomcast protocol, as they travel: one JSON object each, told apart by `type`.
 * `src/docs/protocol.md` is the truth; times are milliseconds since 1970, durations end in `Ms`,
 * offsets and lengths count UTF-16 code units (JavaScript's `string.length`).
 */

export interface Person {
  userId: string;
  name: string;
}

/** What somebody may do in a room: look on; also talk and ask; also stop and remove; also say who may come. */
export type Role = 'reader' | 'member' | 'moderator' | 'owner';

export interface You extends Person {
  /** True for a visitor whose name the server made up. */
  guest: boolean;
  role: Role;
}

export interface Usage {
  promptTokens?: number;
  completionTokens?: number;
  /** True if the server counted by itself, because the provider did not say. */
  estimated?: boolean;
}

export type EndStatus = 'complete' | 'cancelled' | 'failed' | 'interrupted';

/** How an answer ended: in `ai-end`, and on the settled answers of a snapshot. */
export interface Ending {
  status: EndStatus;
  length?: number;
  digest?: string;
  by?: string;
  /** Why the model stopped, where that is not that it had said all: `length`, `content_filter`, or a word of its provider's. */
  finish?: string;
  /** The model that answered, if another one took over from the one that was asked. */
  answeredBy?: string;
  code?: string;
  message?: string;
  /** Of one that failed: whether asking again may help, and not before when. */
  retryable?: boolean;
  retryAfterMs?: number;
  usage?: Usage;
}

interface Event {
  /** Everything up to here is in what was received. Only on the last frame of a step forward. */
  position?: string;
  /** The id of the command that caused it; it means you only if `userId` is yours. */
  re?: string;
}

export interface MessageFrame extends Event, Person {
  type: 'message';
  messageId: string;
  content: string;
  time: number;
}

/** What was asked, and what its answer will be called. */
export interface Question extends Person {
  answerId: string;
  prompt: string;
  model?: string;
  time: number;
  /** The answer that it asks for anew, or goes on from where that broke off. */
  regenerates?: string;
  continues?: string;
}

/** A question that has to wait: as many answers are under way as may be. */
export interface AiQueuedFrame extends Event, Question {
  type: 'ai-queued';
}

export interface AiStartFrame extends Event, Question {
  type: 'ai-start';
}

export interface AiChunkFrame extends Event {
  type: 'ai-chunk';
  answerId: string;
  at: number;
  content: string;
  userId?: string;
}

export interface AiEndFrame extends Event, Ending {
  type: 'ai-end';
  answerId: string;
  userId?: string;
  time?: number;
  /** `retryAfterMs` from `time` on, or from its arrival where that is earlier, by this machine's clock. Not from the wire. */
  notBefore?: number;
}

/** A moderator (`userId`) took away a message or a finished answer, which may never have been seen here. */
export interface RemovedFrame extends Event, Person {
  type: 'removed';
  messageId?: string;
  answerId?: string;
}

export interface HistoryMessage extends Person {
  type: 'message';
  messageId: string;
  content: string;
  time: number;
}

export interface RunningAnswer extends Question {
  text: string;
}

export interface HistoryAnswer extends RunningAnswer, Ending {
  type: 'answer';
}

export interface JoinedFrame {
  type: 'joined';
  re?: string;
  roomId: string;
  session?: string;
  position: string;
  recovered: boolean;
  you: You;
  members: Person[];
  count: number;
  presence: number;
  history: (HistoryMessage | HistoryAnswer)[];
  answers: RunningAnswer[];
  /** Questions that wait, the oldest first. */
  waiting: Question[];
  /** Tokens that the room used today; absent if nobody counts them. */
  tokens?: number;
}

/** What we may do in the room has changed. */
export interface YouFrame extends You {
  type: 'you';
}

export interface ReplyFrame {
  type: 'reply';
  re?: string;
  messageId?: string;
  answerId?: string;
  repeated?: boolean;
}

export interface ErrorFrame {
  type: 'error';
  re?: string;
  code: string;
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
}

export interface PresenceFrame {
  type: 'presence';
  presence: number;
  count: number;
  members?: Person[];
  joined?: Person[];
  left?: string[];
  typing?: string[];
}

export interface StatusFrame {
  type: 'status';
  state: string;
  message?: string;
}

/** A frame of a type that this client does not know. It is ignored, except that it may move the position. */
export interface OtherFrame {
  type: 'other';
  position?: string;
}

export type EventFrame =
  MessageFrame | AiQueuedFrame | AiStartFrame | AiChunkFrame | AiEndFrame | RemovedFrame | OtherFrame;

export type Frame =
  | EventFrame
  | JoinedFrame
  | YouFrame
  | ReplyFrame
  | ErrorFrame
  | PresenceFrame
  | StatusFrame
  | { type: 'pong' };

/** What a client says. `join` and `leave` belong to the transports; these are the rest. */
export type Command =
  | { type: 'message'; id: string; content: string }
  | { type: 'ai-query'; id: string; prompt: string; model?: string; role?: string }
  | { type: 'ai-stop'; id: string; answerId: string }
  | { type: 'ai-withdraw'; id: string; answerId: string }
  | { type: 'ai-continue'; id: string; answerId: string }
  | { type: 'ai-regenerate'; id: string; answerId: string; model?: string; role?: string }
  | { type: 'remove'; id: string; messageId: string }
  | { type: 'remove'; id: string; answerId: string }
  | { type: 'refresh'; id: string; token: string }
  | { type: 'typing' };
