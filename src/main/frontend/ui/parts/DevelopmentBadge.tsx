import styles from './DevelopmentBadge.module.css';

/** Says loudly that nobody here is who they say they are. */
export function DevelopmentBadge() {
  return (
    <aside className={styles.badge} aria-label="Development identity">
      <strong>Development identity</strong>
      <span className={styles.more}>Anyone can take any name here. Not for real use.</span>
    </aside>
  );
}
