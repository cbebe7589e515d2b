import { useState } from 'react';
import type { Refused, RoomView } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Problems.module.css';

interface Props {
  error: Refused | undefined;
  notice: RoomView['notice'];
  closed: boolean;
  again: () => void;
}

/** Not worth a word: what one wanted is the case. */
const harmless = (error: Refused) => error.code === 'no-such-answer';

function when({ retryAfterMs }: Refused): string {
  if (retryAfterMs === undefined) return '';
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds < 90 ? ` Try again in ${seconds} s.` : ` Try again in ${Math.ceil(seconds / 60)} minutes.`;
}

/** What was refused, and what the server says of itself when it is not well. */
export function Problems({ error, notice, closed, again }: Props) {
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
          {closed ? (
            <Button small onClick={again}>
              Try again
            </Button>
          ) : (
            <Button small look="quiet" icon="close" aria-label="Dismiss" onClick={() => setSeen(error)} />
          )}
        </div>
      )}
    </>
  );
}
