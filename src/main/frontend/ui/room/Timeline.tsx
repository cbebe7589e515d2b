import { Fragment, memo } from 'react';
import type { Item, Person } from '../../react/index.ts';
import { AnswerItem } from './AnswerItem.tsx';
import { MessageItem } from './MessageItem.tsx';
import styles from './Timeline.module.css';
import { dayOf } from './times.ts';

/** Messages of one person within this time (ms) stand together under one name. */
const TOGETHER = 5 * 60_000;

interface Props {
  items: readonly Item[];
  /** Our userId. */
  you: string | undefined;
  members: readonly Person[];
  stop: (answerId: string) => Promise<void>;
  ask: (prompt: string) => void;
}

const goesOn = (item: Item, before: Item | undefined) =>
  item.kind === 'message' &&
  before?.kind === 'message' &&
  before.userId === item.userId &&
  item.time - before.time < TOGETHER;

/** What was said and asked, in order. */
export const Timeline = memo(function Timeline({ items, you, members, stop, ask }: Props) {
  const severalDays = items.length > 0 && dayOf(items[0]!.time) !== dayOf(items.at(-1)!.time);
  return (
    <div className={styles.timeline}>
      {items.map((item, i) => {
        const before = items[i - 1];
        const day = dayOf(item.time);
        const newDay = severalDays && (!before || dayOf(before.time) !== day);
        return (
          <Fragment key={item.key}>
            {newDay && <p className={styles.day}>{day}</p>}
            {item.kind === 'message' ? (
              <MessageItem message={item} goesOn={!newDay && goesOn(item, before)} />
            ) : (
              <AnswerItem
                answer={item}
                mine={item.userId === you}
                stoppedBy={item.by === you ? 'you' : members.find(({ userId }) => userId === item.by)?.name}
                stop={stop}
                ask={ask}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
});
