import { Avatar } from './Avatar.tsx';
import { Button } from './Button.tsx';
import styles from './SignedInAs.module.css';

/** Whom the identity provider takes one for, and the way out. */
export function SignedInAs({ name, signOut }: { name: string; signOut: () => void }) {
  return (
    <div className={styles.person}>
      <Avatar userId={name} name={name} small />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <Button small look="quiet" icon="leave" onClick={signOut}>
        Sign out
      </Button>
    </div>
  );
}
