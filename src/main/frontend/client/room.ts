import { heard } from './answers.ts';
import { Connection } from './connection.ts';
import { Credentials, type GetTicket, type GetToken } from './credentials.ts';
import { Desk } from './desk.ts';
import { eventStream } from './event-stream.ts';
import type { Frame } from './frames.ts';
import { randomId } from './ids.ts';
import { longPoll } from './long-poll.ts';
import { Mending } from './mending.ts';
import { askModels, type AskOptions } from './models.ts';
import { Picture } from './picture.ts';
import { browser, type Platform } from './platform.ts';
import { reduce } from './reduce.ts';
import { Refused } from './refused.ts';
import { resumption, type Unsaid } from './state.ts';
import type { Transport } from './transport.ts';
import { forget, leftToTell } from './unsaid.ts';
import type { RoomView } from './view.ts';
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
  readonly #desk: Desk;
  readonly #mending: Mending;
  readonly #picture = new Picture();
  readonly #base: URL;
  #connection: Connection;
  /** Why the server does not let us in for now. */
  #keptOut: Refused | undefined;
  #lastTyping = Number.NEGATIVE_INFINITY;

  /** Begins to join at once. Throws a TypeError if `url` is none. */
  constructor(roomId: string, options: RoomOptions = {}) {
    this.roomId = roomId;
    this.#options = options;
    this.#platform = options.platform ?? browser;
    const page = globalThis.document?.baseURI;
    this.#base = new URL('./', new URL(options.url ?? page, page));
    this.#desk = new Desk(this.#platform, this.#picture, (command) => this.#connection.send(command));
    this.#mending = new Mending(this.#platform, () => this.#connection.resync());
    this.#connection = this.#connect();
  }

  /** What there is to show now: the same object until something changes. */
  get view(): RoomView {
    return this.#picture.view;
  }

  /** Calls `listener` after each change, once per frame that arrives; see `perFrame` for pages. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    return this.#picture.subscribe(listener);
  }

  /**
   * Says something to the people in the room. Without a connection it waits for one. Resolves with the `messageId` once
   * the server has it, rejects with `Refused`.
   */
  async say(content: string): Promise<string> {
    const { messageId = '' } = await this.#desk.give({ type: 'message', id: randomId(), content });
    return messageId;
  }

  /**
   * Asks the model. Resolves with the `answerId` once the answer begins or the question waits for that (`view.waiting`),
   * rejects with `Refused`.
   */
  async ask(prompt: string, { model, role }: AskOptions = {}): Promise<string> {
    const { answerId = '' } = await this.#desk.give({
      type: 'ai-query',
      id: randomId(),
      prompt,
      model,
      role,
    });
    return answerId;
  }

  /** Asks for another answer to the same question. Resolves and rejects as `ask` does; also if it was not ours to ask again. */
  async regenerate(answerId: string, { model, role }: AskOptions = {}): Promise<string> {
    const again = await this.#desk.give({ type: 'ai-regenerate', id: randomId(), answerId, model, role });
    return again.answerId ?? '';
  }

  /** Lets an answer that broke off, or came to its length limit, go on in a new one. Resolves and rejects as `regenerate` does. */
  async continueAnswer(answerId: string): Promise<string> {
    const rest = await this.#desk.give({ type: 'ai-continue', id: randomId(), answerId });
    return rest.answerId ?? '';
  }

  /** Takes back a question that waits. Rejects with `Refused` if it is not ours, or does not wait any more. */
  async withdraw(answerId: string): Promise<void> {
    await this.#desk.give({ type: 'ai-withdraw', id: randomId(), answerId });
  }

  /** Stops an answer that is under way. Rejects with `Refused` if it is not ours to stop. */
  async stop(answerId: string): Promise<void> {
    await this.#desk.give({ type: 'ai-stop', id: randomId(), answerId });
  }

  /** Takes a message away for everybody. Rejects with `Refused` unless we moderate the room. */
  async removeMessage(messageId: string): Promise<void> {
    await this.#desk.give({ type: 'remove', id: randomId(), messageId });
  }

  /** Takes a question and its finished answer away for everybody. Rejects with `Refused` unless we moderate the room. */
  async removeAnswer(answerId: string): Promise<void> {
    await this.#desk.give({ type: 'remove', id: randomId(), answerId });
  }

  /** Says or asks once more what `view.unsaid` holds under this key. Resolves and rejects as `say` and `ask` do. */
  async again(key: string): Promise<string> {
    const { messageId, answerId } = await this.#desk.again(key);
    return messageId ?? answerId ?? '';
  }

  /**
   * What `view.unsaid` holds, and what it would if the room was left now: for who keeps it beyond that. What went out
   * (`firstSent`) and had no answer may have been said.
   */
  unsaid(): readonly Unsaid[] {
    return this.#desk.unsaid();
  }

  /** Keeps no longer what `view.unsaid` holds under this key. */
  forget(key: string): void {
    const { state, link } = this.#picture;
    this.#picture.state = forget(state, key);
    this.#picture.tell({ error: leftToTell(link.error, state, this.#picture.state) });
  }

  /** Tells the others that we are writing. Call it for each key: it is told now and then. */
  typing(): void {
    if (this.#platform.now() - this.#lastTyping < TYPING) return;
    if (this.#connection.send({ type: 'typing' })) this.#lastTyping = this.#platform.now();
  }

  /** Tries again after the status became `closed`. */
  reconnect(): void {
    if (this.#picture.link.status !== 'closed') return;
    this.#connection = this.#connect();
    this.#picture.tell({ status: this.#out(), error: undefined });
  }

  /** Leaves the room. What has no answer yet is rejected. */
  close(): void {
    this.#connection.stop();
    this.#mending.settled();
    this.#desk.close(new Refused('closed', 'The room was left.'));
    this.#picture.tell({ status: 'closed', transport: undefined });
  }

  #connect(): Connection {
    const { token, getTicket, transports = allTransports } = this.#options;
    const base = this.#base;
    return new Connection({
      base,
      roomId: this.roomId,
      transports,
      platform: this.#platform,
      credentials: new Credentials(base, this.#platform, token, getTicket),
      resume: () => resumption(this.#picture.state),
      frame: (frame) => this.#frame(frame),
      up: ({ name }) => {
        const { error } = this.#picture.link;
        const told = error === this.#keptOut ? undefined : error;
        this.#keptOut = undefined;
        this.#picture.tell({ status: 'connected', transport: name, error: told });
        this.#desk.flush();
        if (this.#picture.link.models.length === 0) this.#lookForModels();
      },
      down: (why) => this.#down(why),
      over: (why) => this.#over(why),
    });
  }

  /** Where they are not to be had now, the next connection asks again. */
  #lookForModels(): void {
    askModels(this.#base, this.#platform).then(
      (models) => this.#picture.tell({ models }),
      () => {},
    );
  }

  #frame(received: Frame): void {
    const picture = this.#picture;
    const before = picture.state;
    const frame = received.type === 'ai-end' ? heard(received, this.#platform.now()) : received;
    // The reducer first: what settles a command is then in the view when its promise resolves.
    picture.state = reduce(before, frame);
    if (frame.type === 'joined') this.#mending.settled();
    if (picture.state.missing) this.#mending.need();
    const refused = this.#desk.hear(frame, before);
    // Perhaps we are something else here than we think: a snapshot says what.
    if (refused?.code === 'not-allowed') this.#mending.need();
    if (refused?.code === 'no-such-model') this.#lookForModels();
    const error = refused ?? (frame.type === 'error' ? Refused.from(frame) : undefined);
    picture.tell({ error: error ?? leftToTell(picture.link.error, before, picture.state) });
  }

  #out(): 'reconnecting' | 'connecting' {
    return this.#picture.state.joined ? 'reconnecting' : 'connecting';
  }

  #down(why: Refused | undefined): void {
    this.#mending.settled();
    const { state, link } = this.#picture;
    this.#picture.state = { ...state, typing: [] };
    // The same as before stays the same object, so that each attempt is not another error.
    if (why && why.message !== this.#keptOut?.message) this.#keptOut = why;
    this.#picture.tell({
      status: this.#out(),
      transport: undefined,
      error: why ? this.#keptOut : link.error,
    });
  }

  #over(why: Refused): void {
    this.#mending.settled();
    this.#desk.close(why);
    this.#picture.tell({ status: 'closed', transport: undefined, error: why });
  }
}
