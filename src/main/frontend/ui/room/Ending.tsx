import { useState, type ReactNode } from 'react';
import { Refused, type Answer } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Ending.module.css';
import { breaksOff, endOf, mayHelp, needsSaying } from './endings.ts';
import { waiting } from './left.ts';
import { useNow } from './useNow.ts';

interface Props {
  answer: Answer;
  /** The name of who stopped it, if that is known. */
  stoppedBy: string | undefined;
  /** Asks the same again; absent if one may not. */
  again: (() => void) | undefined;
  /** Asks for the rest; absent if one may not, or that was done already. */
  goOn: (() => Promise<unknown>) | undefined;
  /** What else can be done. */
  children?: ReactNode;
}

/** How an answer ended, where that needs saying, and what can be done about it. */
export function Ending({ answer, stoppedBy, again, goOn, children }: Props) {
  const { status, intact, text, notBefore = 0 } = answer;
  const [problem, setProblem] = useState('');
  const helps = mayHelp(answer);
  const now = useNow(notBefore > 0 && helps);
  if (!needsSaying(answer)) return null;
  const broken = status === 'failed' || status === 'interrupted' || !intact;
  const wait = notBefore - now;
  const half = breaksOff(answer);
  const rest = () =>
    void goOn?.().catch((why: unknown) => {
      if (why instanceof Refused && why.code === 'no-such-answer')
        setProblem('It is too long ago to go on with it.');
    });
  return (
    <div className={styles.end} data-apart={text !== '' || undefined} data-broken={broken || undefined}>
      <p className={styles.how}>
        <Icon name={broken ? 'warn' : half ? 'cut' : 'stop'} size={16} />
        <span>
          {endOf(answer, stoppedBy)}
          {helps && !again && wait > 0 && ` It can be asked again in ${waiting(wait)}.`}
        </span>
      </p>
      <div className={styles.ways}>
        {problem && <p role="alert">{problem}</p>}
        {half && goOn && !problem && (
          <Button small icon="arrow" onClick={rest}>
            Continue
          </Button>
        )}
        {again && helps && (
          <Button small icon="again" disabled={wait > 0} onClick={again}>
            {wait > 0 ? `Ask again in ${waiting(wait)}` : 'Ask again'}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
