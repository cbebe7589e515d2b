import type { EndStatus, HistoryMessage, Person, StatusFrame, Usage, You } from './frames.ts';
import type { Settled } from './page.ts';
import type { Queued } from './queue.ts';
import type { Refused } from './refused.ts';
import type { Words } from './words.ts';

/** Something a person said to the room. */
export interface Message extends Person {
  kind: 'message';
  /** Stays the same for as long as the message is shown, also when a message under way becomes a real one. */
  key: string;
  /** Absent while the message is on its way. */
  messageId?: string;
  content: string;
  /** When it was said, in milliseconds since 1970; for one under way, by this machine's clock. */
  time: number;
  /** True while the server has not told it to the room yet. */
  sending: boolean;
}

/** A question to the model and its answer, which grows while `status` is `running`. */
export interface Answer extends Person {
  kind: 'answer';
  /** Stays the same for as long as the answer is shown. */
  key: string;
  /** Absent while the question is on its way. */
  answerId?: string;
  prompt: string;
  model?: string;
  /** The answer (its answerId) that this one is another try at. */
  regenerates?: string;
  /** The answer (its answerId) that this one goes on from: its text is only what comes after. */
  continues?: string;
  /** The answer so far, in Markdown. It only ever grows, unless the server corrects it by a new snapshot. */
  text: string;
  /** `sending`: the question is on its way. The last four are final. */
  status: 'sending' | 'running' | EndStatus;
  /** Who stopped it (a userId), if a person did. */
  by?: string;
  /** Why the model ended it, where that is not that it had said all: `length`, `content_filter`, or a word of its provider's. */
  finish?: string;
  /** The model that answered, if another one took over from `model`. */
  answeredBy?: string;
  /** Why it failed or was interrupted: for programs, and for people. */
  code?: string;
  reason?: string;
  /** Of one that failed, if the server said it: whether asking again may help, and from when on by this machine's clock. */
  retryable?: boolean;
  notBefore?: number;
  usage?: Usage;
  /** When it was asked, or its turn came, in milliseconds since 1970. */
  time: number;
  /** False if the text is known not to be all of it and the server has no better one. */
  intact: boolean;
}

export type Item = Message | Answer;

/** Words of ours that show in the room before the server has told them to everybody. */
export interface Pending extends Words {
  /** That of the command. */
  id: string;
  time: number;
  /**
   * `waiting`: never sent. `sent`: no answer yet. `unseen`: sent, and not in a snapshot that came since. `doubtful`: sent,
   * and the room shows the same words from us, so it is probably that. `accepted`: the server has it, its event is still
   * to come.
   */
  phase: 'waiting' | 'sent' | 'unseen' | 'doubtful' | 'accepted';
  /** The messageId or answerId, once accepted. */
  eventId?: string;
}

/** Words of ours that the server did not take, though it may later. They are not sent again by themselves. */
export interface Unsaid extends Words {
  /** The id of the command that was refused. */
  key: string;
  why: Refused;
  /** When that went out for the first time, if ever: for some minutes the server knows it by its id. */
  firstSent: number | undefined;
  /** When it may be worth trying again, by this machine's clock; the time of the refusal if the server did not say. */
  notBefore: number;
}

/** Why the picture of the room is not whole, so that it has to be asked for again. */
export type Missing = 'gap' | 'digest' | 'epoch' | 'snapshot';

/** All that a client knows of a room. Immutable: a change is a new object that shares what did not change. */
export interface RoomState {
  /** True once a first snapshot has come. */
  joined: boolean;
  you?: You;
  /** Empty in a room of more than 100, where only `count` is known. */
  members: readonly Person[];
  count: number;
  /** The version of `members` and `count`. */
  presence: number;
  /** The userIds of those who are writing now. */
  typing: readonly string[];
  /** Messages and answers, in the room's order, at most the newest 1,000. */
  items: readonly Item[];
  /** Questions whose answers have not begun, in the order in which they were asked. */
  waiting: readonly Queued[];
  /** The newest page of the history, where the server looks up who was answered: it holds less than `items`. */
  page: readonly Settled[];
  pending: readonly Pending[];
  unsaid: readonly Unsaid[];
  /** The ids of what was removed last: however late a repeat of it comes, it is not shown again. */
  removed: readonly string[];
  /** Tokens that the room used today, as far as is known; absent if nobody counts them. */
  tokens?: number;
  /** Where to go on from after a lost connection. */
  position?: string;
  /** Names this client across its HTTP requests. */
  session?: string;
  missing?: Missing;
  /** What the server says of itself or the room, while it is not `ok`. */
  notice?: Pick<StatusFrame, 'state' | 'message'>;
}

export const emptyRoom: RoomState = {
  joined: false,
  members: [],
  count: 0,
  presence: 0,
  typing: [],
  items: [],
  waiting: [],
  page: [],
  pending: [],
  unsaid: [],
  removed: [],
};

/** Older items than these are forgotten, so that a tab left open for weeks stays light. */
const MOST_ITEMS = 1000;

export const newest = <T>(items: readonly T[]): readonly T[] =>
  items.length > MOST_ITEMS ? items.slice(items.length - MOST_ITEMS) : items;

/** What the server calls it; absent while it is on its way. */
export const idOf = (item: Item) => (item.kind === 'message' ? item.messageId : item.answerId);

/** Where the answer stands among the items, or -1. */
export function indexOf(state: RoomState, answerId: string): number {
  // From the end: what changes is almost always new.
  return state.items.findLastIndex((item) => item.kind === 'answer' && item.answerId === answerId);
}

/** The message that a frame or a snapshot tells of. */
export function said({ messageId, userId, name, content, time }: HistoryMessage, key: string): Message {
  return { kind: 'message', key, messageId, userId, name, content, time, sending: false };
}

/** Where to resume from, or `undefined` if only a fresh snapshot will do. */
export const resumeFrom = (state: RoomState): string | undefined =>
  state.joined && !state.missing ? state.position : undefined;

/** What a server is told that we come back to: what we have, wherever we have it from. */
export function resumption(state: RoomState) {
  const { session, notice, presence, you } = state;
  return { since: resumeFrom(state), session, told: notice?.state, presence, role: you?.role };
}

/** The room's items, followed by our own that are still on their way. */
export function timeline(state: RoomState): readonly Item[] {
  const shown = state.pending.filter((pending) => pending.phase !== 'doubtful');
  if (shown.length === 0) return state.items;
  const { userId = '', name = '' } = state.you ?? {};
  return state.items.concat(
    shown.map(({ id: key, kind, content, time, model, regenerates, continues }): Item => {
      const ours = { key, userId, name, time };
      if (kind === 'message') return { kind, ...ours, content, sending: true };
      const asked = { prompt: content, model, regenerates, continues };
      return { kind, ...ours, ...asked, text: '', status: 'sending', intact: true };
    }),
  );
}
