import type { RoomUsage } from '../../react/index.ts';
import styles from './Usage.module.css';

/** From this share of the limit on it is worth a look. */
const MUCH = 0.8;

/** What the room used today, in passing. */
export function Usage({ usage }: { usage: RoomUsage | undefined }) {
  if (!usage || (usage.tokensToday === 0 && usage.limit === undefined)) return null;
  const { tokensToday, limit } = usage;
  const of = limit === undefined ? '' : ` of ${limit.toLocaleString()}`;
  return (
    <p
      className={styles.usage}
      data-much={(limit !== undefined && tokensToday >= limit * MUCH) || undefined}
      title="Tokens of questions and answers in this room, of all its members"
    >
      {`${tokensToday.toLocaleString()}${of} tokens today`}
    </p>
  );
}
