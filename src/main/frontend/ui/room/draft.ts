import type { Unsaid } from '../../react/index.ts';
import { forgetInTab, inTab, type Stored } from '../app/stored.ts';

/** What one is writing in a room, kept in the tab: signing in again leads away from the page. */
export const draftOf = (user: string, room: string): Stored => inTab(`draft ${user} ${room}`);

/** Forgets them all: somebody else may come after one in the same tab. */
export const forgetDrafts = () => forgetInTab('draft ');

/** Puts before the draft what was written and not taken, which ends with the page. */
export function keepUnsaid(draft: Stored, unsaid: readonly Unsaid[]): void {
  const written = unsaid.filter(({ regenerates, continues }) => !(regenerates ?? continues));
  const texts = [...written.map(({ content }) => content), draft.read() ?? ''];
  draft.write(texts.filter((text) => text !== '').join('\n\n') || undefined);
}
