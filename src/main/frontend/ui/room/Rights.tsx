import type { FormEvent } from 'react';
import type { Admitted, Role, RoomEntry, Rooms, You } from '../../react/index.ts';
import type { Told } from '../app/useTold.ts';
import { Button } from '../parts/Button.tsx';
import { SureButton } from '../parts/SureButton.tsx';
import styles from './Rights.module.css';

export type Entry = RoomEntry & { people: Admitted[] };

interface Props {
  you: You;
  rooms: Rooms;
  entry: Told<Entry>;
  /** Called when one is not of the room any more by one's own wish. */
  gone: () => void;
}

const given = ['reader', 'member', 'moderator'] as const;

/** Who may be in a private room, and what they may do; or who was removed from an open one. */
export function Rights({ you, rooms, entry: { found, problem, act }, gone }: Props) {
  if (!found) return problem ? <Problem text={problem} /> : null;
  const { roomId, people } = found;
  if (!found.private && people.length === 0) return problem ? <Problem text={problem} /> : null;
  const owner = you.role === 'owner';
  const moderates = owner || you.role === 'moderator';
  const readmits = found.private ? owner : moderates;
  const give = (userId: string, role: Role) => void act(() => rooms.admit(roomId, userId, role));
  return (
    <section className={styles.rights} aria-labelledby="rights">
      <h2 id="rights">{found.private ? 'Who may come' : 'Removed'}</h2>
      <ul>
        {people.map(({ userId, role }) => {
          const you_ = userId === you.userId;
          const removable = moderates && !you_ && (owner || role === 'reader' || role === 'member');
          return (
            <li key={userId}>
              <span className={styles.who} title={userId}>
                {userId}
              </span>
              {owner && !you_ && role !== 'none' ? (
                <select
                  aria-label={`What ${userId} may do`}
                  value={role}
                  onChange={({ target }) => give(userId, target.value as Role)}
                >
                  {given.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              ) : (
                <span className={styles.role}>{you_ ? `you, ${role}` : role === 'none' ? '' : role}</span>
              )}
              <span className={styles.actions}>
                {role === 'none' && readmits && (
                  <Button small onClick={() => give(userId, 'member')}>
                    Let in again
                  </Button>
                )}
                {owner && !you_ && role !== 'none' && (
                  <SureButton small look="quiet" sure="Hand it over?" act={() => give(userId, 'owner')}>
                    Make owner
                  </SureButton>
                )}
                {removable && role !== 'none' && (
                  <SureButton
                    small
                    look="quiet"
                    icon="bin"
                    aria-label={`Remove ${userId}`}
                    title={`Remove ${userId}`}
                    sure="Remove?"
                    act={() => void act(() => rooms.dismiss(roomId, userId))}
                  />
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {owner && <Invite invite={(userId, role) => act(() => rooms.admit(roomId, userId, role))} />}
      {problem && <Problem text={problem} />}
      {found.private && owner && (
        <SureButton
          small
          icon="bin"
          sure="Close it for everybody?"
          act={() => void act(() => rooms.end(roomId).then(gone))}
        >
          Close this room
        </SureButton>
      )}
      {found.private && !owner && people.some(({ userId }) => userId === you.userId) && (
        <SureButton
          small
          icon="leave"
          sure="Leave for good?"
          act={() => void act(() => rooms.dismiss(roomId, you.userId).then(gone))}
        >
          Leave this room
        </SureButton>
      )}
    </section>
  );
}

const Problem = ({ text }: { text: string }) => (
  <p role="alert" className={styles.problem}>
    {text}
  </p>
);

function Invite({ invite }: { invite: (userId: string, role: Role) => Promise<boolean> }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const userId = (fields.userId ?? '').trim();
    if (userId === '') return;
    void invite(userId, fields.role as Role).then((done) => done && form.reset());
  };
  return (
    <form className={styles.invite} onSubmit={submit}>
      <label htmlFor="invited">Invite</label>
      <input
        id="invited"
        name="userId"
        maxLength={120}
        placeholder="User id"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <select name="role" aria-label="As what" defaultValue="member">
        {given.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <Button small type="submit">
        Invite
      </Button>
    </form>
  );
}
