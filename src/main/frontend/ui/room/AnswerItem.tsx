import { lazy, memo, Suspense, useMemo } from 'react';
import type { Answer, Model } from '../../react/index.ts';
import { fetchMarkdown } from '../markdown/fetchMarkdown.ts';
import { openFence } from '../markdown/openFence.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { SureButton } from '../parts/SureButton.tsx';
import styles from './AnswerItem.module.css';
import { Byline } from './Byline.tsx';
import { Ending } from './Ending.tsx';
import { isOver, needsSaying } from './endings.ts';
import { idOfItem, type Kin } from './kin.ts';
import { OtherModel } from './OtherModel.tsx';
import { From, Onward } from './Relation.tsx';
import timeline from './Timeline.module.css';
import { tokensOf } from './tokens.ts';

// Half of the page's weight, and not needed to come in. Until it is there the text is plain.
const Markdown = lazy(fetchMarkdown);

/** What can be done with answers. The same functions for as long as the room is shown. */
export interface AnswerActs {
  stop: (answerId: string) => Promise<void>;
  /** Asks the same question once more, of this model or the one that answered. */
  again: (answer: Answer, model?: Model) => void;
  /** Asks for the rest. */
  goOn: (answerId: string) => Promise<unknown>;
}

// Its kin one by one, so that an answer is not drawn again because another grows.
interface Props extends Kin {
  answer: Answer;
  /** Whether it is ours to stop and to ask again: as whoever asked, or as a moderator. */
  may: boolean;
  /** Whether one is not in the room any more. */
  closed: boolean;
  models: readonly Model[];
  /** Absent unless one moderates. */
  remove: ((item: Answer) => void) | undefined;
  /** The name of who stopped it, if that is known. */
  stoppedBy: string | undefined;
  acts: AnswerActs;
}

/** A question and its answer, which grows before everybody's eyes. */
export const AnswerItem = memo(function AnswerItem(props: Props) {
  const { answer, from, before = '', another, rest, may, closed, models, remove, stoppedBy, acts } = props;
  const { key, answerId, userId, name, prompt, text, time, model, answeredBy = model, status } = answer;
  const running = status === 'running' && !closed;
  const over = isOver(answer);
  const again = may && over ? () => acts.again(answer) : undefined;
  const goesBack = answer.continues !== undefined || answer.regenerates !== undefined;
  const verb = answer.continues ? 'asked for the rest' : answer.regenerates ? 'asked again' : 'asked';
  const fence = useMemo(() => openFence(before), [before]);
  const others = (quiet?: boolean) =>
    may && over ? (
      <OtherModel models={models} not={model} quiet={quiet} choose={(other) => acts.again(answer, other)} />
    ) : null;
  return (
    <article id={idOfItem(key)} tabIndex={-1} className={timeline.item} aria-busy={running}>
      <Avatar userId={userId} name={name} />
      <div className={timeline.said}>
        <Byline name={name} verb={verb} time={time} />
        {goesBack ? (
          <From answer={answer} from={from} />
        ) : (
          <p className={styles.prompt} dir="auto">
            {prompt}
          </p>
        )}
        <div className={styles.answer} data-status={status}>
          <div className={styles.head}>
            <Icon name="spark" size={16} />
            <span
              className={styles.model}
              title={answeredBy === model ? model : `${answeredBy} took over from ${model}`}
            >
              {answeredBy || 'AI'}
            </span>
            {!closed && (status === 'sending' || (running && text === '')) && <Dots />}
            <Tokens answer={answer} />
            <span className={styles.gap} />
            {running && may && answerId && (
              <Button small look="plain" icon="stop" onClick={() => void acts.stop(answerId).catch(() => {})}>
                Stop
              </Button>
            )}
            {!running && text !== '' && (
              <CopyButton
                small
                text={() => before + text}
                label={before ? 'Copy all' : 'Copy'}
                done="Copied"
              />
            )}
            {again && !needsSaying(answer) && (
              <>
                {others(true)}
                <Button
                  small
                  look="quiet"
                  icon="again"
                  aria-label="Answer this again"
                  title="Answer this again"
                  onClick={again}
                />
              </>
            )}
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
              <Markdown text={fence + text} growing={running} />
            </Suspense>
          )}
          {closed && !over ? (
            <p className={styles.without} data-apart={text !== '' || undefined}>
              This answer goes on without you.
            </p>
          ) : (
            <Ending
              answer={answer}
              stoppedBy={stoppedBy}
              again={again}
              goOn={may && answerId && rest === undefined ? () => acts.goOn(answerId) : undefined}
            >
              {status === 'failed' && others()}
            </Ending>
          )}
          <Onward another={another} rest={rest} />
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

function Tokens({ answer }: { answer: Answer }) {
  const tokens = tokensOf(answer);
  if (!tokens) return null;
  return (
    <span className={styles.tokens} title={tokens.long}>
      {tokens.short}
    </span>
  );
}
