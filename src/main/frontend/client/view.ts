import type { Person, You } from './frames.ts';
import type { Model } from './models.ts';
import { answeredIn } from './page.ts';
import { places, type Waiting } from './queue.ts';
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
  /** Questions that wait until fewer answers are under way, with their places in the line, the next first. */
  waiting: readonly Waiting[];
  /** What the server did not take of us, to be offered again: see `again` and `forget` of the room. */
  unsaid: readonly Unsaid[];
  /** True while an answer grows. */
  streaming: boolean;
  /** The text of the newest answer, in Markdown; empty if there is none. */
  response: string;
  /**
   * Tokens that the room used today (UTC), counted on with each answer; absent if the server does not count them. Nothing
   * tells of midnight: after it, those of the day before are in it until the next snapshot. `Rooms.usage` asks anew.
   */
  tokens: number | undefined;
  /** The models that may be asked, the default first; empty until the server told. */
  models: readonly Model[];
  /** The last thing that was refused, until the next attempt; also why the server does not let us in for now. */
  error: Refused | undefined;
  /** What the server says of itself while it is not well. */
  notice: RoomState['notice'];
}

export type LinkView = Pick<RoomView, 'status' | 'transport' | 'error' | 'models'>;

/** The old list if it holds the same, so that what depends on it need not change. */
function keep<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return before.length === after.length && after.every((item, i) => item === before[i]) ? before : after;
}

/** The view of a room that is known so far and reached like this. `before` lends the lists that did not change. */
export function viewOf(state: RoomState, link: LinkView, before?: RoomView): RoomView {
  const { you, members, count, typing, notice, unsaid, tokens } = state;
  const items = timeline(state);
  const messages = items.filter((item) => item.kind === 'message');
  const answers = items.filter((item) => item.kind === 'answer');
  const running = answers.filter(({ status }) => status === 'running');
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
    waiting: places(state.waiting, running, answeredIn(state.page), before?.waiting),
    tokens,
    streaming: running.length > 0,
    response: answers.at(-1)?.text ?? '',
  };
}
