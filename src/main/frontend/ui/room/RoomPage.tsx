import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Refused, useRealtimeAI, type Unsaid as Words } from '../../react/index.ts';
import type { About } from '../app/about.ts';
import { isPrivate } from '../app/names.ts';
import type { Session } from '../app/session.ts';
import { useTold } from '../app/useTold.ts';
import { rememberRoom } from '../lobby/recent.ts';
import { DevelopmentBadge } from '../parts/DevelopmentBadge.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Announcer } from './Announcer.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { draftOf } from './draft.ts';
import { Empty, Skeleton } from './Empty.tsx';
import { Header } from './Header.tsx';
import { Instructions } from './Instructions.tsx';
import { Left } from './Left.tsx';
import { Line } from './Line.tsx';
import { Members, MembersSheet } from './Members.tsx';
import { PlainAnswers } from './PlainAnswers.tsx';
import { Problems } from './Problems.tsx';
import { Rights } from './Rights.tsx';
import styles from './RoomPage.module.css';
import { Timeline } from './Timeline.tsx';
import { Typing } from './Typing.tsx';
import { Unsaid } from './Unsaid.tsx';
import { Usage } from './Usage.tsx';
import { useAllowance } from './useAllowance.ts';
import { useAnswerActs } from './useAnswerActs.ts';
import { useModel } from './useModel.ts';
import { useStickToBottom } from './useStickToBottom.ts';
import { useUsage } from './useUsage.ts';

interface Props {
  room: string;
  session: Session;
  about: About;
}

/** A room: what is said in it, who is there, and the place to say something. */
export function RoomPage({ room, session, about }: Props) {
  const { user, rooms, provider, token } = session;
  const draft = useMemo(() => draftOf(user, room), [user, room]);
  const live = useRealtimeAI(room, { user, token, keepUnsaid: draft.keep });
  const { items, waiting, models, status, you, error, unsaid } = live;
  const closed = status === 'closed';
  const role = you?.role;
  const moderates = role === 'moderator' || role === 'owner';
  const worthAsking = role !== undefined && (isPrivate(room) || moderates);
  // Another function, and so asked again, when we have become something else: then others probably have, too.
  const look = useMemo(
    () => (worthAsking && role ? () => rooms.look(room) : undefined),
    [worthAsking, role, rooms, room],
  );
  const entry = useTold(look);
  const title = entry.found?.title;
  const { left, asked } = useAllowance(rooms, live);
  const usage = useUsage(rooms, room, live);
  const { model, asked: wanted, choose } = useModel(models);
  const [sheet, setSheet] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const { scroller, content, atBottom, toBottom } = useStickToBottom(items.length + waiting.length > 0);

  useEffect(() => {
    rememberRoom(room);
    document.title = `${title ?? (isPrivate(room) ? 'Private room' : room)} – Roomcast`;
    return () => void (document.title = 'Roomcast');
  }, [room, title]);

  /** What one has just asked or said is to be seen, wherever one was reading. */
  const give = (text: string, how: (text: string) => Promise<string>) => {
    toBottom();
    how(text).catch((why: unknown) => giveBack(text, why));
  };
  /** Why is in `error`. What may be said later is offered again; the rest goes back to where it was written. */
  const giveBack = (text: string, why: unknown) => {
    if (!(why instanceof Refused && why.retryable)) composer.current?.giveBack(text);
  };
  const sayAgain = ({ key, content, regenerates, continues }: Words) => {
    const written = !(regenerates ?? continues);
    live.again(key).then(asked, (why: unknown) => written && giveBack(content, why));
  };
  const ask = (text: string) =>
    give(text, async (prompt) => {
      const answerId = await live.ask(prompt, wanted);
      asked();
      return answerId;
    });

  const acts = useAnswerActs(live, toBottom, asked);
  const { withdraw } = live;
  const takeBack = useCallback((answerId: string) => void withdraw(answerId).catch(() => {}), [withdraw]);

  const { act } = entry;
  const dismiss = useMemo(
    () =>
      moderates && !isPrivate(room) && !closed
        ? (userId: string) => void act(() => rooms.dismiss(room, userId))
        : undefined,
    [moderates, room, closed, act, rooms],
  );
  const here = { members: live.members, count: live.count, typing: live.typing, you, dismiss };
  const rights = you && !closed && (
    <>
      {isPrivate(room) && <Instructions room={room} rooms={rooms} owner={role === 'owner'} />}
      <Rights you={you} rooms={rooms} entry={entry} gone={() => (location.hash = '#/')} />
    </>
  );
  return (
    <div className={styles.page}>
      {provider ? <span /> : <DevelopmentBadge />}
      <Header
        room={room}
        title={title}
        signedIn={provider && { name: session.name, signOut: provider.signOut }}
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
          aria-label={`What is said in ${title ?? room}`}
          tabIndex={0}
        >
          <div ref={content} className={styles.content}>
            {items.length + waiting.length > 0 ? (
              <Timeline
                items={items}
                you={you?.userId}
                members={live.members}
                reads={role === 'reader'}
                moderates={moderates}
                closed={closed}
                models={models}
                remove={live.remove}
                acts={acts}
              />
            ) : you ? (
              <Empty pick={role === 'reader' ? undefined : (prompt) => composer.current?.suggest(prompt)} />
            ) : (
              !closed && <Skeleton />
            )}
            <Line
              waiting={waiting}
              you={you?.userId}
              moderates={moderates}
              closed={closed}
              withdraw={takeBack}
            />
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
          <PlainAnswers />
          <Problems
            error={unsaid.some(({ why }) => why === error) ? undefined : error}
            notice={live.notice}
            closed={closed}
            again={live.reconnect}
            signIn={provider?.signInAgain}
          />
          <Unsaid unsaid={unsaid} closed={closed} again={sayAgain} forget={live.forget} />
          {role === 'reader' ? (
            <p className={styles.reader}>
              <Icon name="lock" /> You may read here, and not write.{' '}
              {isPrivate(room) && 'Whoever owns the room can change that.'}
            </p>
          ) : (
            <Composer
              ref={composer}
              draft={draft}
              limits={about.limits}
              closed={closed}
              left={left}
              models={models}
              model={model}
              choose={choose}
              ask={ask}
              say={(text) => give(text, live.send)}
              typing={live.tellTyping}
            />
          )}
          <div className={styles.foot}>
            <Typing typing={live.typing} members={live.members} you={you?.userId} />
            {role !== 'reader' && !closed && <Left rest={left.rest} />}
            <Usage usage={usage} />
          </div>
        </div>
      </main>
      <aside className={styles.side} aria-label="People in this room">
        <Members {...here}>{!sheet && rights}</Members>
      </aside>
      <MembersSheet open={sheet} close={() => setSheet(false)} {...here}>
        {rights}
      </MembersSheet>
      <Announcer items={items} waiting={waiting} ready={you !== undefined} you={you?.userId} />
    </div>
  );
}
