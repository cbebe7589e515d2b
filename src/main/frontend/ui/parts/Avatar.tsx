import { initials } from '../app/names.ts';
import styles from './Avatar.module.css';

const colours = 8;

function colourOf(userId: string): number {
  let sum = 0;
  for (const letter of userId) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return sum % colours;
}

/** A person as a coloured disc with initials. The name stands beside it, so it says nothing itself. */
export function Avatar({ userId, name, small }: { userId: string; name: string; small?: boolean }) {
  const classes = [styles.avatar, styles[`colour${colourOf(userId)}`], small && styles.small];
  return (
    <span aria-hidden="true" className={classes.filter(Boolean).join(' ')}>
      {initials(name)}
    </span>
  );
}
