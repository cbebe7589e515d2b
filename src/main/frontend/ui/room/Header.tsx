import { isPrivate } from '../app/names.ts';
import type { Person, Status, TransportName } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { Icon, Logo } from '../parts/Icon.tsx';
import { ThemeToggle } from '../parts/ThemeToggle.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { ConnectionStatus } from './ConnectionStatus.tsx';
import styles from './Header.module.css';

interface Props {
  room: string;
  /** What the room is called, if it is not by its name. */
  title: string | undefined;
  /** Whom one signed in as; absent where there is no signing in. */
  signedIn: { name: string; signOut: () => void } | undefined;
  status: Status;
  transport: TransportName | undefined;
  members: readonly Person[];
  count: number;
  openMembers: () => void;
}

export function Header(props: Props) {
  const { room, title, signedIn, status, transport, members, count, openMembers } = props;
  return (
    <header className={styles.header}>
      <a href="#/" className={styles.home} aria-label="Roomcast: all rooms" title="All rooms">
        <Logo />
      </a>
      {isPrivate(room) && <Icon name="lock" size={16} />}
      <h1 className={styles.name} title={title ?? room}>
        {title ?? (isPrivate(room) ? 'Private room' : room)}
      </h1>
      <CopyButton
        look="quiet"
        icon="link"
        text={() => location.href}
        label="Copy link"
        done="Link copied"
        folds
      />
      <span className={styles.gap} />
      <ConnectionStatus status={status} transport={transport} />
      <Button look="quiet" className={styles.people} onClick={openMembers} aria-haspopup="dialog">
        <span className={styles.faces}>
          {members.slice(0, 3).map(({ userId, name }) => (
            <Avatar key={userId} userId={userId} name={name} small />
          ))}
        </span>
        <span aria-hidden="true">{count}</span>
        <span className="unseen">{`People in this room: ${count}`}</span>
      </Button>
      <ThemeToggle />
      {signedIn && (
        <Button
          look="quiet"
          icon="leave"
          className={styles.signOut}
          aria-label={`Sign out ${signedIn.name}`}
          title={`Sign out ${signedIn.name}`}
          onClick={signedIn.signOut}
        />
      )}
    </header>
  );
}
