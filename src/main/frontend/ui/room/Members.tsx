import { useEffect, useRef, type ReactNode } from 'react';
import type { Person, You } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { SureButton } from '../parts/SureButton.tsx';
import styles from './Members.module.css';

interface Props {
  /** Empty in a large room, of which only the count is known. */
  members: readonly Person[];
  count: number;
  typing: readonly string[];
  you: You | undefined;
  /** Absent unless one may remove people here. */
  dismiss?: (userId: string) => void;
  /** What else there is to say of people. */
  children?: ReactNode;
}

export function Members({ members, count, typing, you, dismiss, children }: Props) {
  const inOrder = [...members].sort(
    (a, b) =>
      Number(b.userId === you?.userId) - Number(a.userId === you?.userId) || a.name.localeCompare(b.name),
  );
  return (
    <div className={styles.members}>
      <h2>{count === 1 ? '1 person here' : `${count} people here`}</h2>
      <ul>
        {inOrder.map(({ userId, name }) => (
          <li key={userId}>
            <Avatar userId={userId} name={name} small />
            <span className={styles.name} title={name}>
              {name}
            </span>
            {userId === you?.userId && <span className={styles.note}>you</span>}
            {userId !== you?.userId && typing.includes(userId) && (
              <span className={styles.note}>writing…</span>
            )}
            {dismiss && userId !== you?.userId && (
              <SureButton
                small
                look="quiet"
                icon="bin"
                className={styles.dismiss}
                aria-label={`Remove ${name} from this room`}
                title="Remove from this room"
                sure="Remove?"
                act={() => dismiss(userId)}
              />
            )}
          </li>
        ))}
      </ul>
      {members.length === 0 && count > 0 && <p className={styles.note}>Too many to name them all.</p>}
      {count === 1 && (
        <p className={styles.hint}>Copy the link and send it to somebody: they will see what you see.</p>
      )}
      {children}
    </div>
  );
}

/** The same list where the screen is too narrow for it to stand beside the talk. */
export function MembersSheet({ open, close, ...here }: Props & { open: boolean; close: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) sheet.current?.showModal();
    else sheet.current?.close();
  }, [open]);
  return (
    <dialog
      ref={sheet}
      className={styles.sheet}
      aria-label="People in this room"
      onClose={close}
      onClick={(event) => event.target === sheet.current && close()}
    >
      {open && (
        <div className={styles.inside}>
          <Button look="quiet" icon="close" className={styles.close} aria-label="Close" onClick={close} />
          <Members {...here} />
        </div>
      )}
    </dialog>
  );
}
