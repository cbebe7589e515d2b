import styles from './Timeline.module.css';
import { clockOf, isoOf } from './times.ts';

/** Who, and when. */
export function Byline({ name, verb, time }: { name: string; verb?: string; time: number }) {
  return (
    <p className={styles.byline}>
      <bdi className={styles.name}>{name}</bdi>
      {verb && ` ${verb}`}
      <time dateTime={isoOf(time)}>{clockOf(time)}</time>
    </p>
  );
}
