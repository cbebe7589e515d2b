import { fromSnapshot } from './answers.ts';
import type { JoinedFrame } from './frames.ts';
import { settle, type Settled } from './page.ts';
import type { Queued } from './queue.ts';
import { idOf, newest, said, type Item, type Pending, type RoomState } from './state.ts';

/** What the snapshot holds, in the order in which it was said, each thing once. */
function itemsOf(frame: JoinedFrame, { items: before, waiting, removed }: RoomState): readonly Item[] {
  const known = new Map<string | undefined, Pick<Item, 'kind' | 'key'>>();
  for (const item of before) known.set(idOf(item), item);
  for (const { answerId, key } of waiting) known.set(answerId, { kind: 'answer', key });
  const gone = new Set(removed);
  const items = new Map<string, Item>();
  const add = (id: string, item: Item) => {
    if (gone.has(id)) return;
    const old = known.get(id);
    // The key stays, so that a page does not draw again what has not changed.
    items.set(id, old && old.kind === item.kind ? { ...item, key: old.key } : item);
  };
  for (const entry of frame.history) {
    if (entry.type === 'message') add(entry.messageId, said(entry, entry.messageId));
    else add(entry.answerId, fromSnapshot(entry));
  }
  // One that is settled is not under way, whatever the other list says.
  for (const entry of frame.answers) if (!items.has(entry.answerId)) add(entry.answerId, fromSnapshot(entry));
  return newest([...items.values()].sort((a, b) => a.time - b.time));
}

/** Those that wait, each once, and none whose answer is there. */
function waitingOf(
  { waiting }: JoinedFrame,
  { waiting: before, removed }: RoomState,
  items: readonly Item[],
): readonly Queued[] {
  const keys = new Map(before.map(({ answerId, key }) => [answerId, key]));
  const there = new Set([...items.map(idOf), ...removed]);
  const questions = new Map(waiting.map((question) => [question.answerId, question]));
  return newest(
    [...questions.values()]
      .filter(({ answerId }) => !there.has(answerId))
      .map((question) => ({ ...question, key: keys.get(question.answerId) ?? question.answerId })),
  );
}

/** Equal for what is the same to whoever reads it. */
const sense = (content: string, { regenerates, continues }: { regenerates?: string; continues?: string }) =>
  JSON.stringify([content, regenerates, continues]);

/** Ours that still wait for an answer: the server will say of each whether it has it already. */
function stillPending(
  pending: readonly Pending[],
  items: readonly Item[],
  waiting: readonly Queued[],
  userId: string,
): readonly Pending[] {
  const ours = <T extends { userId: string }>(all: readonly T[]) =>
    all.filter((one) => one.userId === userId);
  const said = new Set([
    ...ours(items).map((item) =>
      item.kind === 'message' ? sense(item.content, {}) : sense(item.prompt, item),
    ),
    ...ours(waiting).map((question) => sense(question.prompt, question)),
  ]);
  return pending
    .filter(({ phase }) => phase !== 'accepted')
    .map((mine) => {
      if (mine.phase !== 'sent' && mine.phase !== 'unseen') return mine;
      return { ...mine, phase: said.has(sense(mine.content, mine)) ? 'doubtful' : 'unseen' };
    });
}

/** The room after a `joined`: either all anew, or as it was, if nothing was missed. */
export function join(state: RoomState, frame: JoinedFrame): RoomState {
  const { you, members, count, presence, position, tokens, session = state.session } = frame;
  // A server that is not well says so after this.
  const here = { ...state, you, members, count, presence, session, typing: [], notice: undefined };
  if (frame.recovered) {
    // A server that claims this although we have nothing, or asked for all, has to be asked again.
    // Tokens are counted on by the ends of answers that follow.
    return state.joined && !state.missing ? { ...here, position } : { ...here, missing: 'snapshot' };
  }
  const items = itemsOf(frame, state);
  const waiting = waitingOf(frame, state, items);
  const page = frame.history.reduce<readonly Settled[]>(settle, []);
  const pending = stillPending(state.pending, items, waiting, you.userId);
  return { ...here, joined: true, missing: undefined, position, items, waiting, page, pending, tokens };
}
