import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import type { Model } from '../../react/index.ts';
import type { About } from '../app/about.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Composer.module.css';
import type { Draft } from './draft.ts';
import type { Told } from './left.ts';
import { ModelChoice } from './ModelChoice.tsx';

export interface ComposerHandle {
  /** Puts a text in and lets the writer go on with it. */
  suggest: (text: string) => void;
  /** Puts back what could not be sent, unless something else was begun meanwhile. */
  giveBack: (text: string) => void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  /** Where the text is kept until it is sent. The same object for as long as the room is shown. */
  draft: Draft;
  limits: About['limits'];
  closed: boolean;
  /** What runs short, if anything does. */
  left?: Pick<Told, 'short' | 'aloud'>;
  /** Those that may be asked, the one that is, and how to choose another. */
  models: readonly Model[];
  model: Model | undefined;
  choose: (model: Model) => void;
  ask: (text: string) => void;
  say: (text: string) => void;
  typing: () => void;
}

/** On a keyboard of glass Enter ends a line, as everywhere else there. */
const touch = matchMedia('(pointer: coarse)').matches;
const grows = CSS.supports?.('field-sizing', 'content') ?? false;

/** Whether the key belongs to a word that is being composed. Safari says that its last one does not, but for its code. */
const composes = ({ nativeEvent: { isComposing, keyCode } }: KeyboardEvent) => isComposing || keyCode === 229;

/** Where one writes: to the AI, with everybody watching, or only to the people. */
export function Composer(props: Props) {
  const { ref, draft, limits, closed, left, models, model, choose, ask, say, typing } = props;
  const [text, setText] = useState(() => draft.read() ?? '');
  const [doubtful, setDoubtful] = useState(() => draft.perhapsSaid());
  const area = useRef<HTMLTextAreaElement>(null);

  useImperativeHandle(ref, () => ({
    suggest(suggested) {
      setText(suggested);
      area.current?.focus();
    },
    giveBack: (lost) => setText((begun) => (begun.trim() === '' ? lost : begun)),
  }));

  useEffect(() => draft.write(text === '' ? undefined : text), [draft, text]);
  if (doubtful && text === '') setDoubtful(false);

  useLayoutEffect(() => {
    if (grows || !area.current) return; // The style sheet does it, where the browser can.
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [text]);

  const trimmed = text.trim();
  const may = (most: number) => !closed && trimmed !== '' && trimmed.length <= most;
  const give = (to: (text: string) => void, most: number) => {
    if (!may(most)) return;
    to(trimmed);
    setText('');
    area.current?.focus();
  };
  const askIt = () => give(ask, limits.prompt);
  const sayIt = () => give(say, limits.message);

  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || composes(event)) return;
    const toPeople = event.ctrlKey || event.altKey || event.metaKey;
    if (touch && !toPeople) return;
    event.preventDefault();
    if (toPeople) sayIt();
    else askIt();
  };

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        askIt();
      }}
    >
      <label htmlFor="text" className="unseen">
        Your question or message
      </label>
      <textarea
        id="text"
        ref={area}
        rows={1}
        value={text}
        disabled={closed}
        placeholder="Ask the AI or talk to the room"
        aria-describedby={doubtful ? 'doubtful keys' : 'keys'}
        dir="auto"
        autoFocus={!touch}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value !== '') typing();
        }}
        onKeyDown={key}
      />
      <div className={styles.actions}>
        {doubtful && (
          <p id="doubtful" className={styles.short}>
            You left before the server answered: see whether this stands in the room already.
          </p>
        )}
        <ModelChoice models={models} value={model} choose={choose} />
        <p id="keys" className={touch ? 'unseen' : styles.keys}>
          <kbd>Enter</kbd> asks the AI, <kbd>Ctrl</kbd> <kbd>Enter</kbd> says it to the room
        </p>
        <Room length={trimmed.length} limits={limits} />
        {left?.short && !closed && <p className={styles.short}>{left.short}</p>}
        {/* Always there, since it is read when it changes. */}
        <p role="status" className="unseen">
          {!closed && left?.aloud}
        </p>
        <span className={styles.give}>
          <Button icon="say" disabled={!may(limits.message)} onClick={sayIt}>
            Say
          </Button>
          <Button look="primary" icon="spark" type="submit" disabled={!may(limits.prompt)}>
            Ask AI
          </Button>
        </span>
      </div>
    </form>
  );
}

/** How much may still be written, once that matters. */
function Room({ length, limits: { message, prompt } }: { length: number; limits: About['limits'] }) {
  if (length < message * 0.8) return null;
  const count = (most: number) => `${length.toLocaleString()} of ${most.toLocaleString()}`;
  const tooLong =
    length > prompt ? 'Too long' : length > message ? 'Too long to say, short enough to ask' : undefined;
  return (
    <p role="status" className={styles.length} data-over={tooLong !== undefined || undefined}>
      {tooLong ? `${tooLong}: ${count(length > prompt ? prompt : message)}` : count(message)}
    </p>
  );
}
