import { isPrivate } from '../app/names.ts';
import { Button } from '../parts/Button.tsx';
import { Logo } from '../parts/Icon.tsx';
import { ThemeToggle } from '../parts/ThemeToggle.tsx';
import styles from './Lobby.module.css';

interface Props {
  /** The room of the link that brought the visitor here. */
  room: string | undefined;
  /** What went wrong. */
  why: string | undefined;
  /** Whether only a reload of the page helps. */
  reload: boolean;
  leaving: boolean;
  signIn: () => void;
}

const title = (room: string | undefined) =>
  room === undefined ? 'Ask together' : isPrivate(room) ? 'Join a private room' : `Join ${room}`;

/** Where one goes on to the identity provider. */
export function SignInPage({ room, why, reload, leaving, signIn }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <ThemeToggle />
      </header>
      <main className={styles.main}>
        <div className={styles.intro}>
          <Logo size={44} />
          <h1>{title(room)}</h1>
          <p>
            {room
              ? 'Somebody shared this room with you. Sign in, and see what they see.'
              : 'A room, some people and an AI. Anyone asks, and everybody sees the answer grow.'}
          </p>
        </div>
        <div className={styles.form}>
          {why && (
            <p role="alert" className={styles.problem}>
              {why}
            </p>
          )}
          {reload ? (
            <Button look="primary" className={styles.enter} onClick={() => location.reload()}>
              Reload the page
            </Button>
          ) : (
            <Button look="primary" className={styles.enter} disabled={leaving} onClick={signIn}>
              {leaving ? 'One moment…' : 'Sign in'}
            </Button>
          )}
          <p className={styles.hint}>You sign in at your identity provider, and come back here.</p>
        </div>
      </main>
    </div>
  );
}
