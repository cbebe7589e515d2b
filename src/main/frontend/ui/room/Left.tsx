import styles from './Left.module.css';

/** What one may still ask, in passing. It is not read aloud, since it changes by itself. */
export function Left({ rest }: { rest: string }) {
  if (rest === '') return null;
  return (
    <p className={styles.left} title="What you may still ask, in all rooms together">
      {rest}
    </p>
  );
}
