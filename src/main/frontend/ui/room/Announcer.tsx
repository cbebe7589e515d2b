import { useEffect, useRef, useState } from 'react';
import type { Item, Waiting } from '../../react/index.ts';
import { endOf, isOver } from './endings.ts';
import { placeOf } from './places.ts';

/** Not more often than this (ms): what comes faster is told together. */
const PAUSE = 2_000;
/** More than these at once are only counted. */
const MOST_TOLD = 4;
/** Longer texts are not read aloud to the end. */
const MOST_SPOKEN = 240;
const short = (text: string) => (text.length > MOST_SPOKEN ? `${text.slice(0, MOST_SPOKEN)}…` : text);

/** What of the room is told. */
interface Heard {
  items: readonly Item[];
  waiting: readonly Waiting[];
}

/** What was there before, by key. */
interface Known {
  items: ReadonlyMap<string, Item>;
  waiting: ReadonlyMap<string, Waiting>;
}

const byKey = <T extends { key: string }>(all: readonly T[]) => new Map(all.map((one) => [one.key, one]));

/** What there is to tell of a change, or nothing: beginnings and ends, never the tokens between, nor how a line moves up. */
function sayings(before: Known, { items, waiting }: Heard, you: string | undefined): string[] {
  const said = items.flatMap((item) => {
    const old = before.items.get(item.key);
    if (old === item) return [];
    if (item.kind === 'message')
      return old || item.userId === you ? [] : [`${item.name}: ${short(item.content)}`];
    const waited = before.waiting.has(item.key);
    const mine = item.userId === you;
    const asked = old || waited || mine ? [] : [`${item.name} asked: ${short(item.prompt)}`];
    if (waited && !old && mine && !isOver(item)) asked.push('Your question is being answered.');
    const ended = isOver(item) && !(old?.kind === 'answer' && isOver(old));
    return ended ? [...asked, `${endOf(item, undefined)} ${short(item.text)}`] : asked;
  });
  const queued = waiting
    .filter(({ key }) => !before.waiting.has(key))
    .map(({ userId, name, prompt, place }) =>
      userId === you ? `Your question is ${placeOf(place)}.` : `${name} asked: ${short(prompt)}`,
    );
  return [...said, ...queued];
}

interface Props extends Heard {
  /** Whether the room has been entered: what was said before is not told. */
  ready: boolean;
  you: string | undefined;
}

/** Tells a screen reader what happens in the room, in peace: a lively one would otherwise never let it finish. */
export function Announcer({ items, waiting, ready, you }: Props) {
  const before = useRef<Known>(undefined);
  const gathered = useRef<string[]>([]);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [said, setSaid] = useState({ n: 0, text: '' });
  useEffect(() => {
    const news = ready && before.current ? sayings(before.current, { items, waiting }, you) : [];
    if (ready) before.current = { items: byKey(items), waiting: byKey(waiting) };
    gathered.current.push(...news);
    const tell = () => {
      const all = gathered.current.splice(0);
      pause.current = all.length === 0 ? undefined : setTimeout(tell, PAUSE);
      if (all.length === 0) return;
      const many = all.length > MOST_TOLD;
      const text = many ? `${all.length} new messages, questions and answers.` : all.join(' ');
      setSaid(({ n }) => ({ n: n + 1, text }));
    };
    if (pause.current === undefined) tell();
  }, [items, waiting, ready, you]);
  useEffect(
    () => () => {
      clearTimeout(pause.current);
      pause.current = undefined;
    },
    [],
  );
  return (
    <p role="status" className="unseen">
      {/* Of one box a screen reader reads what changed in it: so the same words again are something new. */}
      <span key={said.n}>{said.text}</span>
    </p>
  );
}
