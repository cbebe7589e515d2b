import { Icon, type IconName } from '../parts/Icon.tsx';
import styles from './Empty.module.css';

const examples: readonly { icon: IconName; title: string; prompt: string }[] = [
  {
    icon: 'spark',
    title: 'Ask something',
    prompt: 'What should a small team agree on before it starts a new project?',
  },
  {
    icon: 'languages',
    title: 'Translate',
    prompt: 'Translate into German, Japanese and Portuguese: "Good morning, everybody. Shall we begin?"',
  },
  {
    icon: 'code',
    title: 'Pair on code',
    prompt:
      'Write a TypeScript function that splits a stream of text into lines, and explain the edge cases.',
  },
  {
    icon: 'pen',
    title: 'Edit a text',
    prompt:
      'Make this shorter and friendlier: "We regret to inform you that the meeting has had to be moved."',
  },
];

/** A room in which nothing has been said yet, and what could be: by whoever may write there (`pick`). */
export function Empty({ pick }: { pick: ((prompt: string) => void) | undefined }) {
  if (!pick) {
    return (
      <div className={styles.empty}>
        <h2>Nothing said yet</h2>
        <p>What the others say and ask appears here, and you see the answers grow.</p>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <h2>Nothing said yet</h2>
      <p>Ask the AI, or just talk. Everybody in the room sees it, and sees the answer grow.</p>
      <ul>
        {examples.map(({ icon, title, prompt }) => (
          <li key={title}>
            <button type="button" onClick={() => pick(prompt)}>
              <span className={styles.title}>
                <Icon name={icon} />
                {title}
              </span>
              <span className={styles.prompt}>{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The shape of a talk, while the room is being entered. */
export function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      <span />
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
