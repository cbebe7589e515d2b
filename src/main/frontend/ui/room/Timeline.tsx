import { Fragment, memo, useCallback } from 'react';
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
  /** Whether one may stop and remove what others asked and said. */
  moderates: boolean;
  /** Whether one is not in the room any more: then nothing grows. */
  closed: boolean;
  remove: (item: Item) => Promise<void>;
  stop: (answerId: string) => Promise<void>;
  ask: (prompt: string) => void;
}

const goesOn = (item: Item, before: Item | undefined) =>
  item.kind === 'message' &&
  before?.kind === 'message' &&
  before.userId === item.userId &&
  item.time - before.time < TOGETHER;

/** What was said and asked, in order. */
export const Timeline = memo(function Timeline(props: Props) {
  const { items, you, members, moderates, closed, stop, ask } = props;
  const give = props.remove;
  // What goes wrong is shown with the room's other problems.
  const quietly = useCallback((item: Item) => void give(item).catch(() => {}), [give]);
  const remove = moderates && !closed ? quietly : undefined;
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
              <MessageItem message={item} goesOn={!newDay && goesOn(item, before)} remove={remove} />
            ) : (
              <AnswerItem
                answer={item}
                mine={item.userId === you}
                mayStop={!closed && (moderates || item.userId === you)}
                closed={closed}
                remove={remove}
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
