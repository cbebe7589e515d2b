import type { Unsaid as Words } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import { waiting } from './left.ts';
import styles from './Unsaid.module.css';
import { useNow } from './useNow.ts';

interface Props {
  unsaid: readonly Words[];
  closed: boolean;
  again: (key: string) => void;
  forget: (key: string) => void;
}

/** What the server did not take for now, to be said again by whoever wrote it, not before that can help. */
export function Unsaid({ unsaid, closed, again, forget }: Props) {
  const now = useNow(unsaid.length > 0);
  if (unsaid.length === 0) return null;
  return (
    <ul className={styles.unsaid} aria-label="Not sent">
      {unsaid.map(({ key, kind, content, why, notBefore }) => {
        const wait = notBefore - now;
        return (
          <li key={key}>
            <p className={styles.words}>{content}</p>
            <p role="alert" className={styles.why}>
              {`Not ${kind === 'message' ? 'said' : 'asked'}. ${why.message}`}
            </p>
            <div className={styles.actions}>
              <Button small icon="again" disabled={closed || wait > 0} onClick={() => again(key)}>
                {`${kind === 'message' ? 'Say' : 'Ask'} again${wait > 0 ? ` in ${waiting(wait)}` : ''}`}
              </Button>
              <Button small look="quiet" onClick={() => forget(key)}>
                Discard
              </Button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
