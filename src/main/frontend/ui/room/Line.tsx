import { memo, useState } from 'react';
import type { Waiting } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import styles from './Line.module.css';
import { placeOf } from './places.ts';

/** So many are shown besides one's own, unless one wants to see all. */
const FIRST = 4;

interface Props {
  waiting: readonly Waiting[];
  /** Our userId. */
  you: string | undefined;
  /** Whether one may withdraw what others asked. */
  moderates: boolean;
  closed: boolean;
  withdraw: (answerId: string) => void;
}

/** The questions that wait for their turn, the next one first. */
export const Line = memo(function Line({ waiting, you, moderates, closed, withdraw }: Props) {
  const [all, setAll] = useState(false);
  if (waiting.length === 0) return null;
  const shown = waiting.filter(({ userId }, i) => all || i < FIRST || userId === you);
  const more = waiting.length - shown.length;
  const many = waiting.length > FIRST && (more > 0 || all);
  return (
    <section className={styles.line} aria-labelledby="line">
      <h2 id="line">
        {waiting.length === 1 ? 'One question waits' : `${waiting.length} questions wait`}
        <span> until another answer has ended</span>
      </h2>
      <ol>
        {shown.map((question) => {
          const mine = question.userId === you;
          return (
            <li key={question.key} data-mine={mine || undefined}>
              <Avatar userId={question.userId} name={question.name} small />
              <div className={styles.words}>
                <p className={styles.byline}>
                  <span className={styles.name}>{mine ? 'You' : question.name}</span>
                  <span className={styles.place}>{placeOf(question.place)}</span>
                </p>
                <p className={styles.prompt} dir="auto">
                  {kindOf(question)}
                  {question.prompt}
                </p>
              </div>
              {(mine || moderates) && !closed && (
                <Button
                  small
                  look="quiet"
                  icon="close"
                  aria-label={mine ? 'Withdraw this question' : `Withdraw this question of ${question.name}`}
                  title="Withdraw"
                  onClick={() => withdraw(question.answerId)}
                />
              )}
            </li>
          );
        })}
      </ol>
      {many && (
        <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${more} more`}
        </Button>
      )}
    </section>
  );
});

function kindOf({ regenerates, continues }: Waiting): string {
  if (continues !== undefined) return 'The rest of: ';
  return regenerates === undefined ? '' : 'Once more: ';
}
