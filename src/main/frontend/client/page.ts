/** A message or answer of the history that does not change any more; of an answer it is known whose. */
export interface Settled {
  id: string | undefined;
  size: number;
  userId?: string;
}

interface Said {
  messageId?: string;
  content: string;
}
interface Answered {
  answerId?: string;
  userId: string;
  prompt: string;
  text: string;
}

const MOST = 100;
const MOST_CHARACTERS = 128 * 1024;

/** The newest page of the history after one more, by the rule of the protocol (section 4), so that it is the server's. */
export function settle(page: readonly Settled[], last: Said | Answered): readonly Settled[] {
  const one =
    'content' in last
      ? { id: last.messageId, size: last.content.length }
      : { id: last.answerId, size: last.prompt.length + last.text.length, userId: last.userId };
  let from = page.length;
  let left = MOST_CHARACTERS - one.size;
  while (from > 0 && page.length - from < MOST - 1 && (left -= page[from - 1]!.size) >= 0) from--;
  return [...page.slice(from), one];
}

/** Whose answers stand in the page (userIds), in the order of their ends. */
export const answeredIn = (page: readonly Settled[]): readonly string[] =>
  page.flatMap(({ userId }) => userId ?? []);
