import { useMarkdownMissing } from '../markdown/fetchMarkdown.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Problems.module.css';

/** Why answers are shown as plain text, where what draws them as more cannot be fetched. */
export function PlainAnswers() {
  if (!useMarkdownMissing()) return null;
  return (
    <div role="status" className={styles.plain}>
      <p>Answers are shown as plain text: a part of this page could not be loaded.</p>
      <Button small look="quiet" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </div>
  );
}
