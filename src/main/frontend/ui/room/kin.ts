import type { Answer, Item } from '../../react/index.ts';

/** What an answer has to do with others. */
export interface Kin {
  /** The key of the answer that it is another try at, or goes on from; absent if that is not shown any more. */
  from?: string | undefined;
  /** The text that it goes on from, if it does or is another try at one that does. */
  before?: string | undefined;
  /** The keys of the newest other try, and of what goes on from it. */
  another?: string | undefined;
  rest?: string | undefined;
}

const none: Kin = {};

/** Who goes back to whom among these, by key; for those alone about whom there is something to say. */
export function kinOf(items: readonly Item[]): (answer: Answer) => Kin {
  const answers = items.filter((item) => item.kind === 'answer');
  if (!answers.some(({ regenerates, continues }) => regenerates ?? continues)) return () => none;
  const byId = new Map(answers.map((answer) => [answer.answerId, answer]));
  const kin = new Map<string, Kin>();
  const of = (key: string) => kin.get(key) ?? kin.set(key, {}).get(key)!;
  for (const answer of answers) {
    const from = byId.get(answer.continues ?? answer.regenerates ?? '');
    if (!from || from === answer) continue;
    Object.assign(of(answer.key), { from: from.key });
    Object.assign(
      of(from.key),
      answer.continues === undefined ? { another: answer.key } : { rest: answer.key },
    );
    const before = kin.get(from.key)?.before;
    // Another try at an answer that goes on is, as that one, only what comes after.
    of(answer.key).before = answer.continues === undefined ? before : (before ?? '') + from.text;
  }
  return ({ key }) => kin.get(key) ?? none;
}

/** Leads to what is shown under this key. */
export function goToItem(key: string): void {
  const item = document.getElementById(idOfItem(key));
  item?.scrollIntoView({ block: 'start' });
  item?.focus({ preventScroll: true });
}

export const idOfItem = (key: string) => `item-${key}`;
