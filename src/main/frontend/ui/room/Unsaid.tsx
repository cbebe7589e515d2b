import type { Unsaid as Words } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import { waiting } from './left.ts';
import styles from './Unsaid.module.css';
import { useNow } from './useNow.ts';

interface Props {
  unsaid: readonly Words[];
  closed: boolean;
  again: (words: Words) => void;
  forget: (key: string) => void;
}

/** What was not taken, unless that is not known. */
const notTaken = ({ kind, why: { code, message } }: Words) =>
  code === 'outcome-unknown' ? message : `Not ${kind === 'message' ? 'said' : 'asked'}. ${message}`;

/** What the server did not take for now, to be said again by whoever wrote it, not before that can help. */
export function Unsaid({ unsaid, closed, again, forget }: Props) {
  const now = useNow(unsaid.length > 0);
  if (unsaid.length === 0) return null;
  return (
    <ul className={styles.unsaid} aria-label="Not sent">
      {unsaid.map((words) => {
        const { key, kind, content, notBefore } = words;
        const wait = notBefore - now;
        return (
          <li key={key}>
            <p className={styles.words}>{content}</p>
            <p role="alert" className={styles.why}>
              {notTaken(words)}
            </p>
            <div className={styles.actions}>
              <Button small icon="again" disabled={closed || wait > 0} onClick={() => again(words)}>
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
