import { useState, type FormEvent } from 'react';
import { cleanPersonName, cleanRoomName, freshRoomName } from '../app/names.ts';
import { hrefOf } from '../app/route.ts';
import { Button } from '../parts/Button.tsx';
import { DevelopmentBadge } from '../parts/DevelopmentBadge.tsx';
import { Logo } from '../parts/Icon.tsx';
import { ThemeToggle } from '../parts/ThemeToggle.tsx';
import styles from './Lobby.module.css';
import { recentRooms } from './recent.ts';

interface Props {
  name: string;
  /** The room of the link that brought the visitor here. */
  room: string | undefined;
  enter: (name: string, room: string) => void;
}

/** Where one says who one is and which room to enter. */
export function Lobby({ name, room, enter }: Props) {
  const [suggestion] = useState(freshRoomName);
  const [problem, setProblem] = useState<'name' | 'room'>();
  const recent = recentRooms();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => {
      const value = form.get(field);
      return typeof value === 'string' ? value : '';
    };
    const chosenName = cleanPersonName(text('name'));
    const chosenRoom = cleanRoomName(text('room') || suggestion);
    if (chosenName === '') setProblem('name');
    else if (chosenRoom === undefined) setProblem('room');
    else enter(chosenName, chosenRoom);
  };

  return (
    <div className={styles.page}>
      <DevelopmentBadge />
      <header className={styles.top}>
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
              autoFocus={name !== ''}
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
      </main>
    </div>
  );
}
