import type { EndStatus, HistoryMessage, Person, StatusFrame, Usage, You } from './frames.ts';
import type { Refused } from './refused.ts';

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
  /** The answer so far, in Markdown. It only ever grows, unless the server corrects it by a new snapshot. */
  text: string;
  /** `sending`: the question is on its way. The last four are final. */
  status: 'sending' | 'running' | EndStatus;
  /** Who stopped it (a userId), if a person did. */
  by?: string;
  /** Why it failed or was interrupted: for programs, and for people. */
  code?: string;
  reason?: string;
  usage?: Usage;
  /** When it was asked, in milliseconds since 1970. */
  time: number;
  /** False if the text is known not to be all of it and the server has no better one. */
  intact: boolean;
}

export type Item = Message | Answer;

/** A command of ours that shows in the room before the server has told it to everybody. */
export interface Pending {
  id: string;
  kind: 'message' | 'answer';
  content: string;
  time: number;
  /**
   * `waiting`: never sent. `sent`: no answer yet. `doubtful`: sent, and the room shows the same words from us, so it is
   * probably that. `accepted`: the server has it, its event is still to come.
   */
  phase: 'waiting' | 'sent' | 'doubtful' | 'accepted';
  /** The messageId or answerId, once accepted. */
  eventId?: string;
}

/** Words of ours that the server did not take, though it may later. They are not sent again by themselves. */
export interface Unsaid {
  /** The id of the command that was refused. */
  key: string;
  kind: 'message' | 'answer';
  content: string;
  why: Refused;
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
  pending: readonly Pending[];
  unsaid: readonly Unsaid[];
  /** The ids of what was removed last: however late a repeat of it comes, it is not shown again. */
  removed: readonly string[];
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

/** The message that a frame or a snapshot tells of. */
export function said({ messageId, userId, name, content, time }: HistoryMessage, key: string): Message {
  return { kind: 'message', key, messageId, userId, name, content, time, sending: false };
}

/** Where to resume from, or `undefined` if only a fresh snapshot will do. */
export const resumeFrom = (state: RoomState): string | undefined =>
  state.joined && !state.missing ? state.position : undefined;

/** The room's items, followed by our own that are still on their way. */
export function timeline(state: RoomState): readonly Item[] {
  const shown = state.pending.filter((pending) => pending.phase !== 'doubtful');
  if (shown.length === 0) return state.items;
  const { userId = '', name = '' } = state.you ?? {};
  return state.items.concat(
    shown.map(({ id, kind, content, time }): Item =>
      kind === 'message'
        ? { kind, key: id, userId, name, content, time, sending: true }
        : { kind, key: id, userId, name, prompt: content, text: '', status: 'sending', time, intact: true },
    ),
  );
}
