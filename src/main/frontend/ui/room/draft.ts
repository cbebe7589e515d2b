import type { Unsaid } from '../../react/index.ts';
import { forgetInTab, inTab, type Stored } from '../app/stored.ts';

/** What one is writing in a room. What was kept of one's last visit there is read before it, until something is written. */
export interface Draft extends Stored {
  /** Whether the server may have what is read, or some of it: then nobody knows. */
  perhapsSaid: () => boolean;
  /** Keeps what was written in the room and not taken, instead of what was kept before. */
  keep: (unsaid: readonly Unsaid[]) => void;
}

interface Kept {
  texts: string[];
  perhapsSaid: boolean;
}

/** Of these refusals it is known that nothing happened. */
const NOT_TAKEN = ['rate-limited', 'room-busy', 'server-busy', 'room-budget', 'queue-full'];

let timesForgotten = 0;

/** The draft of a room, kept in the tab: signing in again leads away from the page. */
export function draftOf(user: string, room: string): Draft {
  const written = inTab(`draft ${user} ${room}`);
  const kept = inTab(`draft ${user} ${room}/unsaid`); // No room's name has a stroke.
  const before = timesForgotten;
  const last = (): Kept => JSON.parse(kept.read() ?? '{"texts":[],"perhapsSaid":false}') as Kept;
  return {
    read: () =>
      [...last().texts, written.read() ?? ''].filter((text) => text !== '').join('\n\n') || undefined,
    perhapsSaid: () => last().perhapsSaid,
    write(text) {
      written.write(text);
      kept.write(undefined);
    },
    keep(unsaid) {
      if (timesForgotten > before) return;
      const ours = unsaid.filter(({ regenerates, continues }) => !(regenerates ?? continues));
      const texts = ours.map(({ content }) => content);
      const perhapsSaid = ours.some(
        ({ firstSent, why }) => firstSent !== undefined && !NOT_TAKEN.includes(why.code),
      );
      kept.write(texts.length > 0 ? JSON.stringify({ texts, perhapsSaid } satisfies Kept) : undefined);
    },
  };
}

/** Forgets them all, also what would be kept yet: somebody else may come after one in the same tab. */
export function forgetDrafts(): void {
  timesForgotten++;
  forgetInTab('draft ');
}
