import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import styles from './CopyButton.module.css';
import { copyText } from './copyText.ts';

const SHOWN_MS = 2_000;

interface Props {
  text: () => string;
  label: string;
  done: string;
  look?: 'plain' | 'quiet';
  icon?: IconName;
  small?: boolean;
  /** Shows its icon alone where there is little room. */
  folds?: boolean;
}

/** Copies something, and says so. */
export function CopyButton({ text, label, done, icon = 'copy', look = 'quiet', small, folds }: Props) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    void copyText(text()).then(
      () => setSaid(done),
      () => setSaid('Could not copy'),
    );
  return (
    <>
      <Button
        look={look}
        small={small}
        icon={said === done ? 'check' : icon}
        className={folds ? styles.folds : ''}
        title={label}
        onClick={copy}
      >
        <span>{said || label}</span>
      </Button>
      <span className="unseen" role="status">
        {said}
      </span>
    </>
  );
}
