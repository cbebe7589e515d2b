import { memo } from 'react';
import type { Message } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { SureButton } from '../parts/SureButton.tsx';
import { Byline } from './Byline.tsx';
import styles from './Timeline.module.css';

/** Something a person said. `goesOn`: the same person said the thing before, so the name need not stand there again. */
export const MessageItem = memo(function MessageItem({
  message,
  goesOn,
  remove,
}: {
  message: Message;
  goesOn: boolean;
  /** Absent unless one moderates. */
  remove: ((item: Message) => void) | undefined;
}) {
  const { messageId, userId, name, content, time, sending } = message;
  return (
    <article className={goesOn ? styles.more : styles.item} data-sending={sending || undefined}>
      {!goesOn && <Avatar userId={userId} name={name} />}
      <div className={styles.said}>
        {goesOn ? <span className="unseen">{name}</span> : <Byline name={name} time={time} />}
        <p className={styles.words} dir="auto">
          {content}
        </p>
        {remove && messageId !== undefined && (
          <SureButton
            small
            look="quiet"
            icon="bin"
            className={styles.remove}
            aria-label={`Remove this message of ${name}`}
            title="Remove"
            sure="Remove for everybody?"
            act={() => remove(message)}
          />
        )}
        {sending && <p className={styles.note}>Sending…</p>}
      </div>
    </article>
  );
});
