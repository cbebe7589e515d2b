import { useState } from 'react';
import type { Refused, RoomView } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import { waiting } from './left.ts';
import styles from './Problems.module.css';

interface Props {
  error: Refused | undefined;
  notice: RoomView['notice'];
  closed: boolean;
  again: () => void;
  /** Absent where there is no signing in. */
  signIn?: (() => void) | undefined;
}

/** Not worth a word: what one wanted is the case. */
const harmless = (error: Refused) => error.code === 'no-such-answer';

function when({ retryAfterMs }: Refused): string {
  if (retryAfterMs === undefined) return '';
  return ` Try again in ${waiting(retryAfterMs)}.`;
}

/** What was refused, and what the server says of itself when it is not well. */
export function Problems({ error, notice, closed, again, signIn }: Props) {
  const [seen, setSeen] = useState<Refused>();
  return (
    <>
      {notice && (
        <p role="status" className={styles.notice}>
          {notice.message ?? `The server says: ${notice.state}.`}
        </p>
      )}
      {error && error !== seen && !harmless(error) && (
        <div role="alert" className={styles.error}>
          <p>
            {error.message}
            {when(error)}
          </p>
          {closed && signIn && error.code === 'unauthorized' ? (
            <Button small look="primary" onClick={signIn}>
              Sign in again
            </Button>
          ) : closed ? (
            <span className={styles.ways}>
              <Button small onClick={again}>
                Try again
              </Button>
              <a href="#/">All rooms</a>
            </span>
          ) : (
            <Button small look="quiet" icon="close" aria-label="Dismiss" onClick={() => setSeen(error)} />
          )}
        </div>
      )}
    </>
  );
}
