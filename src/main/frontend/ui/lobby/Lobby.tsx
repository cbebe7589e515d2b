import { useState, type FormEvent } from 'react';
import { cleanPersonName, cleanRoomName, freshRoomName, isPrivate } from '../app/names.ts';
import { hrefOf } from '../app/route.ts';
import type { Session } from '../app/session.ts';
import { Button } from '../parts/Button.tsx';
import { DevelopmentBadge } from '../parts/DevelopmentBadge.tsx';
import { Logo } from '../parts/Icon.tsx';
import { SignedInAs } from '../parts/SignedInAs.tsx';
import { ThemeToggle } from '../parts/ThemeToggle.tsx';
import styles from './Lobby.module.css';
import { PrivateRooms } from './PrivateRooms.tsx';
import { recentRooms } from './recent.ts';

interface Props {
  /** Absent until a first name was given. */
  session: Session | undefined;
  /** What to offer as a name, where one says it oneself. */
  name?: string;
  /** The room of the link that brought the visitor here. */
  room: string | undefined;
  enter: (name: string, room: string) => void;
}

/** Where one says who one is and which room to enter. */
export function Lobby({ session, name = '', room, enter }: Props) {
  const provider = session?.provider;
  const [suggestion] = useState(freshRoomName);
  const [problem, setProblem] = useState<'name' | 'room'>();
  // A private room has no name that says anything; it stands in a list of its own.
  const recent = recentRooms().filter((visited) => !isPrivate(visited));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => {
      const value = form.get(field);
      return typeof value === 'string' ? value : '';
    };
    const chosenName = provider ? session.name : cleanPersonName(text('name'));
    const chosenRoom = cleanRoomName(text('room') || suggestion);
    if (chosenName === '') setProblem('name');
    else if (chosenRoom === undefined) setProblem('room');
    else enter(chosenName, chosenRoom);
  };

  return (
    <div className={styles.page}>
      {!provider && <DevelopmentBadge />}
      <header className={styles.top}>
        {provider && <SignedInAs name={session.name} signOut={provider.signOut} />}
        <ThemeToggle />
      </header>
      <main className={styles.main}>
        <div className={styles.intro}>
          <Logo size={44} />
          <h1>{room ? `Join ${room}` : 'Ask together'}</h1>
          <p>
            {room
              ? 'Somebody shared this room with you. Say who you are, and see what they see.'
              : 'A room, some people and an AI. Anyone asks, and everybody sees the answer grow.'}
          </p>
        </div>
        <form className={styles.form} onSubmit={submit} noValidate>
          {!provider && (
            <label className={styles.field}>
              <span>Your name</span>
              <input
                name="name"
                defaultValue={name}
                maxLength={60}
                autoComplete="nickname"
                placeholder="Ana"
                autoFocus={name === ''}
                aria-invalid={problem === 'name'}
                aria-describedby={problem === 'name' ? 'problem' : undefined}
              />
            </label>
          )}
          <label className={styles.field}>
            <span>Room</span>
            <input
              name="room"
              defaultValue={room}
              maxLength={80}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={suggestion}
              autoFocus={provider !== undefined || name !== ''}
              aria-invalid={problem === 'room'}
              aria-describedby={problem === 'room' ? 'problem' : undefined}
            />
          </label>
          {problem && (
            <p id="problem" role="alert" className={styles.problem}>
              {problem === 'name'
                ? 'Say who you are.'
                : 'A room has a name of letters, digits and - _ . ~ : @'}
            </p>
          )}
          <Button look="primary" type="submit" className={styles.enter}>
            Enter the room
          </Button>
        </form>
        {!room && recent.length > 0 && (
          <nav className={styles.recent} aria-label="Rooms visited before">
            <h2>Back to</h2>
            <ul>
              {recent.map((visited) => (
                <li key={visited}>
                  <a href={hrefOf(visited)}>{visited}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {!room && session && <PrivateRooms session={session} />}
      </main>
    </div>
  );
}
