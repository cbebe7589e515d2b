import type { Answer } from '../../react/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { goToItem, type Kin } from './kin.ts';
import styles from './Relation.module.css';

/** What an answer goes back to: the question that was asked once more, or the answer that it goes on from. */
export function From({ answer, from }: { answer: Answer } & Pick<Kin, 'from'>) {
  const what = answer.continues === undefined ? 'Another answer to' : 'The rest of the answer to';
  const words = (
    <>
      <Icon name={answer.continues === undefined ? 'again' : 'arrow'} size={16} />
      <span className={styles.words}>
        {what} “{answer.prompt}”
      </span>
    </>
  );
  if (from === undefined) return <p className={styles.from}>{words}</p>;
  return (
    <button type="button" className={styles.from} onClick={() => goToItem(from)} title="Go there">
      {words}
    </button>
  );
}

/** Where an answer was taken up again. */
export function Onward({ another, rest }: Pick<Kin, 'another' | 'rest'>) {
  if (another === undefined && rest === undefined) return null;
  return (
    <p className={styles.onward}>
      {rest !== undefined && (
        <button type="button" onClick={() => goToItem(rest)}>
          It goes on below
        </button>
      )}
      {another !== undefined && (
        <button type="button" onClick={() => goToItem(another)}>
          Answered again below
        </button>
      )}
    </p>
  );
}
