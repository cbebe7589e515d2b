import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AskOptions, Item, RoomView } from '../client/index.ts';
import { sharedRoom, type SharedOptions, type SharedRoom } from './shared.ts';

export interface RealtimeOptions extends SharedOptions {
  /**
   * Who is looking, if that can change while the page lives: each user, as each room and `url`, has a connection of its
   * own. That uses `token`, `getTicket` and `keepUnsaid` of the newest render, if it was joined with such a one; `transports` and
   * `platform` are those with which it was joined.
   */
  user?: string;
}

export interface RealtimeAI extends RoomView {
  /** Asks the model and lets you go on; what goes wrong is in `error`. */
  sendQuery: (prompt: string, options?: AskOptions) => void;
  /** Asks the model. Resolves with the `answerId` when the answer begins or its question waits, rejects with `Refused`. */
  ask: (prompt: string, options?: AskOptions) => Promise<string>;
  /** Asks for another answer to a question of ours (or any, as a moderator), perhaps of another model. As `ask`. */
  regenerate: (answerId: string, options?: AskOptions) => Promise<string>;
  /** Lets an answer of ours (or any, as a moderator) go on that broke off or came to its length limit. As `ask`. */
  continueAnswer: (answerId: string) => Promise<string>;
  /** Takes a question back that waits. Rejects with `Refused` if it is not ours, or does not wait any more. */
  withdraw: (answerId: string) => Promise<void>;
  /** Says something to the people in the room. Resolves with the `messageId`, rejects with `Refused`. */
  send: (content: string) => Promise<string>;
  /** Stops an answer, by default the newest that is under way. Rejects with `Refused` if it is not ours to stop. */
  stop: (answerId?: string) => Promise<void>;
  /** Takes a message or a finished answer away for everybody. Rejects with `Refused` unless we moderate the room. */
  remove: (item: Item) => Promise<void>;
  /** Says or asks once more what `unsaid` holds under this key. Rejects with `Refused`. */
  again: (key: string) => Promise<string>;
  /** Keeps no longer what `unsaid` holds under this key. */
  forget: (key: string) => void;
  /** Tells the others that we are writing; call it for each key. */
  tellTyping: () => void;
  /** Tries again after `status` became `closed`. */
  reconnect: () => void;
}

/** What there is before the room is joined, and on a server that renders the page. */
const nothing: RoomView = {
  status: 'connecting',
  connected: false,
  transport: undefined,
  you: undefined,
  members: [],
  count: 0,
  typing: [],
  items: [],
  unsaid: [],
  messages: [],
  answers: [],
  waiting: [],
  tokens: undefined,
  models: [],
  streaming: false,
  response: '',
  error: undefined,
  notice: undefined,
};

function actions(shared: SharedRoom) {
  const ask = (prompt: string, options?: AskOptions) => shared.room().ask(prompt, options);
  return {
    ask,
    sendQuery: (prompt: string, options?: AskOptions) => void ask(prompt, options).catch(() => {}),
    regenerate: (answerId: string, options?: AskOptions) => shared.room().regenerate(answerId, options),
    continueAnswer: (answerId: string) => shared.room().continueAnswer(answerId),
    withdraw: (answerId: string) => shared.room().withdraw(answerId),
    send: (content: string) => shared.room().say(content),
    async stop(answerId?: string) {
      const room = shared.room();
      const id = answerId ?? room.view.answers.findLast(({ status }) => status === 'running')?.answerId;
      if (id !== undefined) await room.stop(id);
    },
    async remove(item: Item) {
      const room = shared.room();
      if (item.kind === 'message' && item.messageId !== undefined) await room.removeMessage(item.messageId);
      if (item.kind === 'answer' && item.answerId !== undefined) await room.removeAnswer(item.answerId);
    },
    again: (key: string) => shared.room().again(key),
    forget: (key: string) => shared.room().forget(key),
    tellTyping: () => shared.room().typing(),
    reconnect: () => shared.room().reconnect(),
  };
}

const nothingYet = () => nothing;

/**
 * Joins a room for as long as a component uses it. However many components ask for the same room, there is one
 * connection, and each renders at most once per animation frame.
 */
export function useRealtimeAI(roomId: string, options: RealtimeOptions = {}): RealtimeAI {
  const { user = '', ...room } = options;
  const url = String(room.url ?? '');
  const shared = useMemo(() => sharedRoom(url, roomId, user), [url, roomId, user]);
  useEffect(() => shared.use(room)); // Before the next line: its effect joins the room.
  const view = useSyncExternalStore(
    shared.subscribe,
    useCallback(() => shared.view() ?? nothing, [shared]),
    nothingYet,
  );
  const act = useMemo(() => actions(shared), [shared]);
  return useMemo(() => ({ ...view, ...act }), [view, act]);
}
