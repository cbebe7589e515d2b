import { fromSnapshot } from './answers.ts';
import type { JoinedFrame } from './frames.ts';
import { idOf, newest, said, type Item, type Pending, type RoomState } from './state.ts';

/** What the snapshot holds, in the order in which it was said, each thing once. */
function itemsOf(frame: JoinedFrame, { items: before, removed }: RoomState): readonly Item[] {
  const known = new Map(before.map((item) => [idOf(item), item]));
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

/** Ours that still wait for an answer: the server will say of each whether it has it already. */
function stillPending(
  pending: readonly Pending[],
  items: readonly Item[],
  userId: string,
): readonly Pending[] {
  const said = new Set(
    items
      .filter((item) => item.userId === userId)
      .map((item) => (item.kind === 'message' ? item.content : item.prompt)),
  );
  return pending
    .filter(({ phase }) => phase !== 'accepted')
    .map((mine) =>
      mine.phase === 'sent' && said.has(mine.content) ? { ...mine, phase: 'doubtful' as const } : mine,
    );
}

/** The room after a `joined`: either all anew, or as it was, if nothing was missed. */
export function join(state: RoomState, frame: JoinedFrame): RoomState {
  const { you, members, count, presence, position, session = state.session } = frame;
  const here = { ...state, you, members, count, presence, session, typing: [] };
  if (frame.recovered) {
    // A server that claims this although we have nothing, or asked for all, has to be asked again.
    return state.joined && !state.missing ? { ...here, position } : { ...here, missing: 'snapshot' };
  }
  const items = itemsOf(frame, state);
  const pending = stillPending(state.pending, items, you.userId);
  return { ...here, joined: true, position, items, pending, missing: undefined, notice: undefined };
}
