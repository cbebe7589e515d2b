import { lazy, memo, Suspense } from 'react';
import type { Answer } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { SureButton } from '../parts/SureButton.tsx';
import styles from './AnswerItem.module.css';
import { Byline } from './Byline.tsx';
import { endOf } from './endings.ts';
import timeline from './Timeline.module.css';

// Half of the page's weight, and not needed to come in. Where it cannot be fetched now the text stays plain until it can:
// a rejected import would take the whole page down.
const fetchMarkdown = (wait = 500): Promise<typeof import('../markdown/Markdown.tsx')> =>
  import('../markdown/Markdown.tsx').catch(async () => {
    await new Promise((again) => setTimeout(again, wait));
    return fetchMarkdown(Math.min(2 * wait, 10_000));
  });
const Markdown = lazy(() => fetchMarkdown());

interface Props {
  answer: Answer;
  mine: boolean;
  mayStop: boolean;
  /** Whether one is not in the room any more. */
  closed: boolean;
  /** Absent unless one moderates. */
  remove: ((item: Answer) => void) | undefined;
  /** The name of who stopped it, if that is known. */
  stoppedBy: string | undefined;
  stop: (answerId: string) => Promise<void>;
  ask: (prompt: string) => void;
}

/** A question and its answer, which grows before everybody's eyes. */
export const AnswerItem = memo(function AnswerItem(props: Props) {
  const { answer, mine, mayStop, closed, remove, stoppedBy, stop, ask } = props;
  const { answerId, userId, name, prompt, text, time, model, status } = answer;
  const running = status === 'running' && !closed;
  const over = status !== 'running' && status !== 'sending';
  const waiting = !closed && (status === 'sending' || (running && text === ''));
  return (
    <article className={timeline.item} aria-busy={running}>
      <Avatar userId={userId} name={name} />
      <div className={timeline.said}>
        <Byline name={name} verb="asked" time={time} />
        <p className={styles.prompt}>{prompt}</p>
        <div className={styles.answer} data-status={status}>
          <div className={styles.head}>
            <Icon name="spark" size={16} />
            <span className={styles.model}>{model || 'AI'}</span>
            {waiting && <Dots />}
            <span className={styles.gap} />
            {running && mayStop && answerId && (
              <Button small look="plain" icon="stop" onClick={() => void stop(answerId).catch(() => {})}>
                Stop
              </Button>
            )}
            {!running && text !== '' && <CopyButton small text={() => text} label="Copy" done="Copied" />}
            {remove && over && (
              <SureButton
                small
                look="quiet"
                icon="bin"
                aria-label={`Remove this question of ${name} and its answer`}
                title="Remove"
                className={styles.remove}
                sure="Remove for everybody?"
                act={() => remove(answer)}
              />
            )}
          </div>
          {text !== '' && (
            <Suspense fallback={<p className={timeline.words}>{text}</p>}>
              <Markdown text={text} growing={running} />
            </Suspense>
          )}
          {closed && !over ? (
            <p className={styles.end} data-apart={text !== '' || undefined}>
              This answer goes on without you.
            </p>
          ) : (
            <End
              answer={answer}
              stoppedBy={stoppedBy}
              again={mine && !closed ? () => ask(prompt) : undefined}
            />
          )}
        </div>
      </div>
    </article>
  );
});

/** Shown until the first token comes. */
function Dots() {
  return (
    <span className={styles.dots}>
      <span className="unseen">is thinking</span>
      <i />
      <i />
      <i />
    </span>
  );
}

/** How it ended, where that needs saying. */
function End({
  answer,
  stoppedBy,
  again,
}: {
  answer: Answer;
  stoppedBy: string | undefined;
  again?: () => void;
}) {
  const { status, intact, text } = answer;
  if (status === 'running' || status === 'sending' || (status === 'complete' && intact)) return null;
  const broken = status === 'failed' || status === 'interrupted';
  return (
    <div
      className={styles.end}
      data-apart={text !== '' || undefined}
      data-broken={broken || !intact || undefined}
    >
      <p>{endOf(answer, stoppedBy)}</p>
      {broken && again && (
        <Button small icon="again" onClick={again}>
          Ask again
        </Button>
      )}
    </div>
  );
}
