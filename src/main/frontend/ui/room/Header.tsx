import type { Person, Status, TransportName } from '../../react/index.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { Logo } from '../parts/Icon.tsx';
import { ThemeToggle } from '../parts/ThemeToggle.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { ConnectionStatus } from './ConnectionStatus.tsx';
import styles from './Header.module.css';

interface Props {
  room: string;
  status: Status;
  transport: TransportName | undefined;
  members: readonly Person[];
  count: number;
  openMembers: () => void;
}

export function Header({ room, status, transport, members, count, openMembers }: Props) {
  return (
    <header className={styles.header}>
      <a href="#/" className={styles.home} aria-label="Roomcast: all rooms" title="All rooms">
        <Logo />
      </a>
      <h1 className={styles.name} title={room}>
        {room}
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
    </header>
  );
}
