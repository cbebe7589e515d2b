import type { Person, You } from './frames.ts';
import type { Refused } from './refused.ts';
import { timeline, type Answer, type Item, type Message, type RoomState, type Unsaid } from './state.ts';
import type { TransportName } from './transport.ts';

/**
 * `connecting`: not in the room yet. `reconnecting`: what is shown is what was known when the connection was lost.
 * `closed`: for good, `error` says why (or nothing, if we closed it ourselves).
 */
export type Status = 'connecting' | 'connected' | 'reconnecting' | 'closed';

/** What there is to show of a room. Immutable, and the same object until something changes. */
export interface RoomView {
  status: Status;
  /** True while the room is joined. */
  connected: boolean;
  /** How the room is reached; absent before and between connections. */
  transport: TransportName | undefined;
  /** Who the server says we are; absent before the first join. */
  you: You | undefined;
  /** Empty in a room of more than 100, where only `count` is known. */
  members: readonly Person[];
  count: number;
  /** The userIds of those who are writing now. */
  typing: readonly string[];
  /** Messages and answers in the room's order, our own that are still on their way at the end. */
  items: readonly Item[];
  messages: readonly Message[];
  answers: readonly Answer[];
  /** What the server did not take of us, to be offered again: see `again` and `forget` of the room. */
  unsaid: readonly Unsaid[];
  /** True while an answer grows. */
  streaming: boolean;
  /** The text of the newest answer, in Markdown; empty if there is none. */
  response: string;
  /** The last thing that was refused, until the next attempt. */
  error: Refused | undefined;
  /** What the server says of itself while it is not well. */
  notice: RoomState['notice'];
}

export type LinkView = Pick<RoomView, 'status' | 'transport' | 'error'>;

/** The old list if it holds the same, so that what depends on it need not change. */
function keep<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return before.length === after.length && after.every((item, i) => item === before[i]) ? before : after;
}

/** The view of a room that is known so far and reached like this. `before` lends the lists that did not change. */
export function viewOf(state: RoomState, link: LinkView, before?: RoomView): RoomView {
  const { you, members, count, typing, notice, unsaid } = state;
  const items = timeline(state);
  const messages = items.filter((item) => item.kind === 'message');
  const answers = items.filter((item) => item.kind === 'answer');
  return {
    ...link,
    connected: link.status === 'connected',
    you,
    members,
    count,
    typing,
    notice,
    unsaid,
    items,
    messages: keep(before?.messages ?? [], messages),
    answers: keep(before?.answers ?? [], answers),
    streaming: answers.some(({ status }) => status === 'running'),
    response: answers.at(-1)?.text ?? '',
  };
}
