import { useCallback, useState, type FormEvent } from 'react';
import type { Role } from '../../react/index.ts';
import { goTo, hrefOf } from '../app/route.ts';
import type { Session } from '../app/session.ts';
import { useTold } from '../app/useTold.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './PrivateRooms.module.css';

const roles: Record<Role, string> = {
  reader: 'you read',
  member: 'you are a member',
  moderator: 'you moderate',
  owner: 'yours',
};

/** The rooms that are for certain people only: those of whoever looks, and a new one. */
export function PrivateRooms({ session: { rooms } }: { session: Session }) {
  const { found, problem, act } = useTold(useCallback(() => rooms.mine(), [rooms]));
  const me = useTold(useCallback(() => rooms.me(), [rooms])).found;
  const more = me?.left.privateRooms?.left;
  const [making, setMaking] = useState(false);

  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = new FormData(event.currentTarget).get('title');
    setMaking(true);
    void act(async () => {
      const { roomId } = await rooms.create(typeof title === 'string' ? title.trim() : '');
      goTo(roomId);
    }).finally(() => setMaking(false));
  };

  return (
    <section className={styles.rooms} aria-labelledby="private-rooms">
      <h2 id="private-rooms">Private rooms</h2>
      {found && found.length > 0 && (
        <ul>
          {found.map(({ roomId, title, role }) => (
            <li key={roomId}>
              <a href={hrefOf(roomId)}>
                <Icon name="lock" size={16} />
                <span className={styles.title}>{title ?? 'A room without a title'}</span>
                <span className={styles.role}>{roles[role]}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={make}>
        <label htmlFor="title" className="unseen">
          Title of a new private room
        </label>
        <input
          id="title"
          name="title"
          maxLength={100}
          autoComplete="off"
          placeholder="Title, such as Budget"
        />
        <Button type="submit" icon="lock" disabled={making}>
          New private room
        </Button>
      </form>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <p className={styles.hint}>
        Only those whom you invite can see that it exists.
        {me?.userId && (
          <>
            {' '}
            Others invite you as <strong>{me.userId}</strong>.
          </>
        )}
        {more !== undefined && ` You may make ${more === 0 ? 'no' : more.toLocaleString()} more of them.`}
      </p>
    </section>
  );
}
