import { answered } from './answered.ts';
import { Connection } from './connection.ts';
import { Credentials, type GetTicket, type GetToken } from './credentials.ts';
import { eventStream } from './event-stream.ts';
import type { Frame } from './frames.ts';
import { randomId } from './ids.ts';
import { longPoll } from './long-poll.ts';
import { Mending } from './mending.ts';
import { Outbox, type Answered } from './outbox.ts';
import { browser, type Platform } from './platform.ts';
import { reduce, withoutPending } from './reduce.ts';
import { Refused } from './refused.ts';
import { emptyRoom, resumeFrom, type Pending, type RoomState } from './state.ts';
import type { Transport } from './transport.ts';
import { forget, keepWords } from './unsaid.ts';
import { viewOf, type LinkView, type RoomView } from './view.ts';
import { websocket } from './websocket.ts';

/** WebSocket, then server-sent events, then long-poll. */
export const allTransports: readonly Transport[] = [websocket, eventStream, longPoll];

/** Typing is told at most once in so many milliseconds. */
const TYPING = 3_000;

export interface RoomOptions {
  /** The server's base URL with its context root, absolute or as seen from the page; by default that of the page. */
  url?: string | URL;
  /** Gives the bearer token. Without it and `getTicket` we come as a guest, by WebSocket only. */
  token?: GetToken;
  /** Gives single-use tickets, for pages that hold no token themselves. */
  getTicket?: GetTicket;
  /** The ways to reach the room, the best first. */
  transports?: readonly Transport[];
  /** The world around; for tests. */
  platform?: Platform;
}

/**
 * A room that is joined, and stays so until `close()`: through lost connections, blocked transports and restarts.
 * `view` is always what there is to show; `subscribe` tells when it changed.
 */
export class Room {
  readonly roomId: string;
  readonly #options: RoomOptions;
  readonly #platform: Platform;
  readonly #outbox: Outbox;
  readonly #mending: Mending;
  readonly #listeners = new Set<() => void>();
  #connection: Connection;
  #state: RoomState = emptyRoom;
  #link: LinkView = { status: 'connecting', transport: undefined, error: undefined };
  #view: RoomView = viewOf(this.#state, this.#link);
  #stale = false;
  #lastTyping = Number.NEGATIVE_INFINITY;

  /** Begins to join at once. Throws a TypeError if `url` is none. */
  constructor(roomId: string, options: RoomOptions = {}) {
    this.roomId = roomId;
    this.#options = options;
    this.#platform = options.platform ?? browser;
    this.#outbox = new Outbox(this.#platform);
    this.#mending = new Mending(this.#platform, () => this.#connection.resync());
    this.#connection = this.#connect();
  }

  /** What there is to show now: the same object until something changes. */
  get view(): RoomView {
    if (this.#stale) this.#view = viewOf(this.#state, this.#link, this.#view);
    this.#stale = false;
    return this.#view;
  }

  /** Calls `listener` after each change, once per frame that arrives; see `perFrame` for pages. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Says something to the people in the room. Without a connection it waits for one. Resolves with the `messageId` once
   * the server has it, rejects with `Refused`.
   */
  async say(content: string): Promise<string> {
    const { messageId = '' } = await this.#give({ type: 'message', id: randomId(), content });
    return messageId;
  }

  /** Asks the model. Resolves with the `answerId` when the answer begins, rejects with `Refused`. */
  async ask(prompt: string): Promise<string> {
    const { answerId = '' } = await this.#give({ type: 'ai-query', id: randomId(), prompt });
    return answerId;
  }

  /** Stops an answer that is under way. Rejects with `Refused` if it is not ours to stop. */
  async stop(answerId: string): Promise<void> {
    await this.#give({ type: 'ai-stop', id: randomId(), answerId });
  }

  /** Takes a message away for everybody. Rejects with `Refused` unless we moderate the room. */
  async removeMessage(messageId: string): Promise<void> {
    await this.#give({ type: 'remove', id: randomId(), messageId });
  }

  /** Takes a question and its finished answer away for everybody. Rejects with `Refused` unless we moderate the room. */
  async removeAnswer(answerId: string): Promise<void> {
    await this.#give({ type: 'remove', id: randomId(), answerId });
  }

  /** Says or asks once more what `view.unsaid` holds under this key. Resolves and rejects as `say` and `ask` do. */
  async again(key: string): Promise<string> {
    const words = this.#state.unsaid.find((unsaid) => unsaid.key === key);
    if (!words) throw new Refused('bad-id', 'There is nothing to say again.');
    if (this.#link.status === 'closed') throw new Refused('closed', 'The room is closed.');
    this.#state = forget(this.#state, key);
    return words.kind === 'message' ? this.say(words.content) : this.ask(words.content);
  }

  /** Keeps no longer what `view.unsaid` holds under this key. */
  forget(key: string): void {
    this.#state = forget(this.#state, key);
    this.#changed();
  }

  /** Tells the others that we are writing. Call it for each key: it is told now and then. */
  typing(): void {
    if (this.#platform.now() - this.#lastTyping < TYPING) return;
    if (this.#connection.send({ type: 'typing' })) this.#lastTyping = this.#platform.now();
  }

  /** Tries again after the status became `closed`. */
  reconnect(): void {
    if (this.#link.status !== 'closed') return;
    this.#connection = this.#connect();
    this.#set({ status: this.#state.joined ? 'reconnecting' : 'connecting', error: undefined });
  }

  /** Leaves the room. What has no answer yet is rejected. */
  close(): void {
    this.#connection.stop();
    this.#ended(new Refused('closed', 'The room was left.'));
    this.#set({ status: 'closed', transport: undefined });
  }

  #connect(): Connection {
    const {
      url = globalThis.document?.baseURI,
      token,
      getTicket,
      transports = allTransports,
    } = this.#options;
    const base = new URL('./', new URL(url, globalThis.document?.baseURI));
    return new Connection({
      base,
      roomId: this.roomId,
      transports,
      platform: this.#platform,
      credentials: new Credentials(base, this.#platform, token, getTicket),
      resume: () => ({ since: resumeFrom(this.#state), session: this.#state.session }),
      frame: (frame) => this.#frame(frame),
      up: ({ name }) => {
        this.#set({ status: 'connected', transport: name });
        this.#flush();
      },
      down: (forGood) => this.#down(forGood),
    });
  }

  #frame(frame: Frame): void {
    const before = this.#state;
    // The reducer first: what settles a command is then in the view when its promise resolves.
    this.#state = reduce(this.#state, frame);
    if (frame.type === 'joined') this.#mending.settled();
    if (this.#state.missing) this.#mending.need();
    const answer = answered(frame, this.#state.you?.userId);
    if (answer && 'why' in answer) {
      this.#state = keepWords(this.#state, before, answer.id, answer.why, this.#platform.now());
      // Perhaps we are something else here than we think: a snapshot says what.
      if (answer.why.code === 'not-allowed') this.#mending.need();
      this.#outbox.refuse(answer.id, answer.why);
      this.#link = { ...this.#link, error: answer.why };
    } else if (answer) this.#outbox.fulfil(answer.id, answer);
    else if (frame.type === 'error') this.#link = { ...this.#link, error: Refused.from(frame) };
    this.#changed();
  }

  #down(forGood: Refused | undefined): void {
    this.#mending.settled();
    if (forGood) {
      this.#ended(forGood);
      this.#set({ status: 'closed', transport: undefined, error: forGood });
    } else {
      this.#state = { ...this.#state, typing: [] };
      this.#set({ status: this.#state.joined ? 'reconnecting' : 'connecting', transport: undefined });
    }
  }

  #ended(why: Refused): void {
    this.#outbox.refuseAll(why);
    this.#state = { ...this.#state, pending: [], typing: [] };
  }

  async #give(command: Answered): Promise<{ messageId?: string; answerId?: string }> {
    if (this.#link.status === 'closed') throw new Refused('closed', 'The room is closed.');
    const outcome = this.#outbox.add(command);
    if (command.type === 'message' || command.type === 'ai-query') {
      const kind = command.type === 'message' ? 'message' : 'answer';
      const content = command.type === 'message' ? command.content : command.prompt;
      const mine: Pending = { id: command.id, kind, content, time: this.#platform.now(), phase: 'waiting' };
      this.#state = { ...this.#state, pending: [...this.#state.pending, mine] };
    }
    this.#send(command.id);
    this.#set({ error: undefined });
    return outcome;
  }

  #send(id: string): void {
    const command = this.#link.status === 'connected' ? this.#outbox.sending(id) : undefined;
    if (!command || !this.#connection.send(command)) return;
    const pending = this.#state.pending.map((mine) =>
      mine.id === id && mine.phase === 'waiting' ? { ...mine, phase: 'sent' as const } : mine,
    );
    this.#state = { ...this.#state, pending };
  }

  /** Sends all that has no answer yet, with the ids that it had: what the server knows already it does not do twice. */
  #flush(): void {
    for (const id of this.#outbox.giveUpOld()) this.#state = withoutPending(this.#state, id);
    for (const id of this.#outbox.unanswered()) this.#send(id);
    this.#changed();
  }

  #set(link: Partial<LinkView>): void {
    this.#link = { ...this.#link, ...link };
    this.#changed();
  }

  #changed(): void {
    this.#stale = true;
    for (const listener of this.#listeners) listener();
  }
}
