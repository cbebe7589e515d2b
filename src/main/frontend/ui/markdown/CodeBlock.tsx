import { isValidElement, useRef, type ReactNode } from 'react';
import { CopyButton } from '../parts/CopyButton.tsx';
import styles from './Markdown.module.css';

function languageOf(children: ReactNode): string {
  const { className = '' } = isValidElement<{ className?: string }>(children) ? children.props : {};
  return /language-(\S+)/.exec(className)?.[1] ?? 'text';
}

/** Code with its language and a way to take it along. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const code = useRef<HTMLPreElement>(null);
  const language = languageOf(children);
  return (
    <div className={styles.code}>
      <div className={styles.codeHead}>
        <span>{language}</span>
        <CopyButton small text={() => code.current?.textContent ?? ''} label="Copy code" done="Copied" />
      </div>
      <pre ref={code} tabIndex={0} aria-label={`Code, ${language}`}>
        {children}
      </pre>
    </div>
  );
}
