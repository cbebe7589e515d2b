import { useEffect, useRef, useState } from 'react';
import { useRealtimeAI } from '../../react/index.ts';
import type { About } from '../app/about.ts';
import { developmentToken } from '../app/identity.ts';
import { rememberRoom } from '../lobby/recent.ts';
import { DevelopmentBadge } from '../parts/DevelopmentBadge.tsx';
import { Announcer } from './Announcer.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { Empty, Skeleton } from './Empty.tsx';
import { Header } from './Header.tsx';
import { Members, MembersSheet } from './Members.tsx';
import { Problems } from './Problems.tsx';
import styles from './RoomPage.module.css';
import { Timeline } from './Timeline.tsx';
import { Typing } from './Typing.tsx';
import { useStickToBottom } from './useStickToBottom.ts';

interface Props {
  room: string;
  name: string;
  about: About;
}

/** A room: what is said in it, who is there, and the place to say something. */
export function RoomPage({ room, name, about }: Props) {
  const live = useRealtimeAI(room, { user: name, token: (refused) => developmentToken(name, refused) });
  const { items, status, you, error } = live;
  const [sheet, setSheet] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const { scroller, content, atBottom, toBottom } = useStickToBottom(items.length > 0);

  useEffect(() => {
    rememberRoom(room);
    document.title = `${room} – Roomcast`;
    return () => void (document.title = 'Roomcast');
  }, [room]);

  /** What one has just asked or said is to be seen, wherever one was reading. */
  const give = (text: string, how: (text: string) => Promise<string>) => {
    toBottom();
    how(text).catch(() => composer.current?.giveBack(text)); // Why is in `error`.
  };

  const here = { members: live.members, count: live.count, typing: live.typing, you };
  return (
    <div className={styles.page}>
      <DevelopmentBadge />
      <Header
        room={room}
        status={status}
        transport={live.transport}
        members={live.members}
        count={live.count}
        openMembers={() => setSheet(true)}
      />
      <main className={styles.main}>
        <div
          ref={scroller}
          className={styles.scroller}
          role="log"
          aria-live="off"
          aria-label={`What is said in ${room}`}
          tabIndex={0}
        >
          <div ref={content} className={styles.content}>
            {items.length > 0 ? (
              <Timeline
                items={items}
                you={you?.userId}
                members={live.members}
                stop={live.stop}
                ask={live.sendQuery}
              />
            ) : you ? (
              <Empty pick={(prompt) => composer.current?.suggest(prompt)} />
            ) : (
              status !== 'closed' && <Skeleton />
            )}
          </div>
        </div>
        <div className={styles.bottom}>
          {!atBottom && items.length > 0 && (
            <button
              type="button"
              className={styles.latest}
              onClick={() => {
                toBottom();
                scroller.current?.focus(); // This button goes away.
              }}
            >
              <span aria-hidden="true">↓</span> Jump to latest
            </button>
          )}
          <Problems error={error} notice={live.notice} closed={status === 'closed'} again={live.reconnect} />
          <Composer
            ref={composer}
            limits={about.limits}
            closed={status === 'closed'}
            ask={(text) => give(text, live.ask)}
            say={(text) => give(text, live.send)}
            typing={live.tellTyping}
          />
          <Typing typing={live.typing} members={live.members} you={you?.userId} />
        </div>
      </main>
      <aside className={styles.side} aria-label="People in this room">
        <Members {...here} />
      </aside>
      <MembersSheet open={sheet} close={() => setSheet(false)} {...here} />
      <Announcer items={items} ready={you !== undefined} you={you?.userId} />
    </div>
  );
}
