import { Fragment, memo, useCallback, useMemo } from 'react';
import type { Item, Model, Person } from '../../react/index.ts';
import { AnswerItem, type AnswerActs } from './AnswerItem.tsx';
import { kinOf } from './kin.ts';
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
  /** Whether one may only look on. */
  reads: boolean;
  /** Whether one may stop and remove what others asked and said. */
  moderates: boolean;
  /** Whether one is not in the room any more: then nothing grows. */
  closed: boolean;
  models: readonly Model[];
  remove: (item: Item) => Promise<void>;
  acts: AnswerActs;
}

const goesOn = (item: Item, before: Item | undefined) =>
  item.kind === 'message' &&
  before?.kind === 'message' &&
  before.userId === item.userId &&
  item.time - before.time < TOGETHER;

/** What somebody is called: as one of those who are here or, in a large room or after they left, by what they said. */
function nameOf(userId: string | undefined, members: readonly Person[], items: readonly Item[]) {
  if (userId === undefined) return undefined;
  const is = (one: Person) => one.userId === userId;
  return (members.find(is) ?? items.findLast(is))?.name;
}

/** What was said and asked, in order. */
export const Timeline = memo(function Timeline(props: Props) {
  const { items, you, members, reads, moderates, closed, models, acts } = props;
  const give = props.remove;
  // What goes wrong is shown with the room's other problems.
  const quietly = useCallback((item: Item) => void give(item).catch(() => {}), [give]);
  const remove = moderates && !closed ? quietly : undefined;
  const severalDays = items.length > 0 && dayOf(items[0]!.time) !== dayOf(items.at(-1)!.time);
  const kin = useMemo(() => kinOf(items), [items]);
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
                {...kin(item)}
                may={!closed && !reads && (moderates || item.userId === you)}
                closed={closed}
                models={models}
                remove={remove}
                stoppedBy={item.by === you ? 'you' : nameOf(item.by, members, items)}
                acts={acts}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
});
