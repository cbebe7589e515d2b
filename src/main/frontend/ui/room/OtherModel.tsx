import { useRef, useState } from 'react';
import type { Model } from '../../react/index.ts';
import { Button } from '../parts/Button.tsx';
import styles from './OtherModel.module.css';

interface Props {
  models: readonly Model[];
  /** The one that answered. */
  not: string | undefined;
  /** Whether it shows its icon alone. */
  quiet?: boolean;
  choose: (model: Model) => void;
}

/** Asks another model the same question. Nothing where there is no other. */
export function OtherModel({ models, not, quiet, choose }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const others = models.filter(({ name }) => name !== not);
  if (others.length === 0) return null;
  return (
    <span
      ref={box}
      className={styles.box}
      onBlur={({ relatedTarget }) => !box.current?.contains(relatedTarget) && setOpen(false)}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !open) return;
        setOpen(false);
        box.current?.querySelector('button')?.focus();
      }}
    >
      <Button
        small
        look={quiet ? 'quiet' : 'plain'}
        icon="models"
        aria-label="Ask another model"
        title="Ask another model"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {!quiet && 'Ask another model'}
      </Button>
      {open && (
        <span className={styles.list} role="group" aria-label="Ask another model">
          {others.map((other) => (
            <button
              key={other.name}
              type="button"
              onClick={() => {
                setOpen(false);
                choose(other);
              }}
            >
              {other.name}
              {other.role && other.role !== 'default' && <span className={styles.role}> {other.role}</span>}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
