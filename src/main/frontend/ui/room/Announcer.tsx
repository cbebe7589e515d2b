import { useEffect, useRef, useState } from 'react';
import type { Answer, Item } from '../../react/index.ts';
import { endOf } from './endings.ts';

/** Longer texts are not read aloud to the end. */
const MOST_SPOKEN = 240;
const short = (text: string) => (text.length > MOST_SPOKEN ? `${text.slice(0, MOST_SPOKEN)}…` : text);

const over = ({ status }: Answer) => status !== 'sending' && status !== 'running';

/** What there is to tell of a change, or nothing: beginnings and ends, never the tokens between. */
function sayings(
  before: ReadonlyMap<string, Item>,
  items: readonly Item[],
  you: string | undefined,
): string[] {
  return items.flatMap((item) => {
    const old = before.get(item.key);
    if (old === item) return [];
    if (item.kind === 'message')
      return old || item.userId === you ? [] : [`${item.name}: ${short(item.content)}`];
    const asked = old || item.userId === you ? [] : [`${item.name} asked: ${short(item.prompt)}`];
    const ended = over(item) && !(old?.kind === 'answer' && over(old));
    return ended ? [...asked, `${endOf(item, undefined)} ${short(item.text)}`] : asked;
  });
}

interface Props {
  items: readonly Item[];
  /** Whether the room has been entered: what was said before is not told. */
  ready: boolean;
  you: string | undefined;
}

/** Tells a screen reader what happens in the room. */
export function Announcer({ items, ready, you }: Props) {
  const before = useRef<ReadonlyMap<string, Item>>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const now = new Map(items.map((item) => [item.key, item]));
    const news = ready && before.current ? sayings(before.current, items, you) : [];
    if (ready) before.current = now;
    // One box, refilled: a screen reader reads what changed in it.
    if (news.length > 0) setSaid(news.join(' '));
  }, [items, ready, you]);
  return (
    <p role="status" className="unseen">
      {said}
    </p>
  );
}
