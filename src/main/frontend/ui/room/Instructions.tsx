import { useMemo, useState, type FormEvent } from 'react';
import type { Rooms } from '../../react/index.ts';
import { useTold } from '../app/useTold.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Instructions.module.css';

/** As many characters as the server takes. */
const LONGEST = 8_000;

interface Props {
  room: string;
  rooms: Rooms;
  /** Whether they are ours to change. */
  owner: boolean;
}

/** What the AI is told in a private room besides what it is told everywhere: for all to read, for the owner to change. */
export function Instructions({ room, rooms, owner }: Props) {
  const ask = useMemo(() => () => rooms.instructions(room), [rooms, room]);
  const { found, problem, act } = useTold(ask);
  const [said, setSaid] = useState('');
  if (found === undefined && problem) {
    return (
      <p role="alert" className={styles.problem}>
        {problem}
      </p>
    );
  }
  if (found === undefined || (found === '' && !owner)) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaid('');
    const fields = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const words = (fields.instructions ?? '').trim();
    void act(() => rooms.instruct(room, words)).then(
      (done) => done && setSaid(words === '' ? 'Removed.' : 'Saved: it counts from the next answer on.'),
    );
  };
  if (!owner) {
    return (
      <section className={styles.instructions} aria-labelledby="instructions">
        <h2 id="instructions">What the AI is told here</h2>
        <p className={styles.words} dir="auto">
          {found}
        </p>
      </section>
    );
  }
  return (
    <form className={styles.instructions} onSubmit={submit}>
      <label htmlFor="instructions">What the AI is told here</label>
      <textarea
        key={found}
        id="instructions"
        name="instructions"
        rows={3}
        maxLength={LONGEST}
        defaultValue={found}
        placeholder="Answer briefly, and in rhymes."
        dir="auto"
        onChange={() => setSaid('')}
      />
      <div className={styles.foot}>
        <span role={problem ? 'alert' : 'status'} data-problem={problem ? true : undefined}>
          {problem ?? said}
        </span>
        <Button small type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
