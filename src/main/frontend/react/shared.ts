import {
  joinRoom,
  perFrame,
  type Room,
  type RoomOptions,
  type RoomView,
  type Unsaid,
} from '../client/index.ts';

/** How long a room without components is kept (ms): StrictMode and a change of page take and leave it in quick succession. */
const GRACE = 1_000;

export interface SharedOptions extends RoomOptions {
  /**
   * Gets what was not said, as far as is known, when the room is left, and when the page goes away, from which it may come
   * back. Each time all of it.
   */
  keepUnsaid?: (unsaid: readonly Unsaid[]) => void;
}

/**
 * A room that several components look at through one connection. It is joined when the first of them subscribes and
 * left a little after the last has gone.
 */
export class SharedRoom {
  readonly #roomId: string;
  readonly #listeners = new Set<() => void>();
  #options: SharedOptions = {};
  #room: Room | undefined;
  #view: RoomView | undefined;
  #stopDrawing = () => {};
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(roomId: string) {
    this.#roomId = roomId;
  }

  /** The view as of the last animation frame; `undefined` before the room is joined. */
  readonly view = (): RoomView | undefined => this.#view;

  /** Takes the options of the newest render, because their callbacks may have closed over old state. */
  use(options: SharedOptions): void {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.room();
    clearTimeout(this.#leaving);
    const mine = () => listener(); // Two components may share one function; each counts.
    this.#listeners.add(mine);
    return () => {
      this.#listeners.delete(mine);
      if (this.#listeners.size === 0) this.#leaveSoon();
    };
  };

  /** True if nobody looks at it, and it is not joined. */
  get idle(): boolean {
    return this.#listeners.size === 0 && this.#room === undefined;
  }

  /** The room; joins it if nobody did. One that nobody looks at is left soon again. */
  room(): Room {
    if (this.#listeners.size === 0) this.#leaveSoon();
    return this.#room ?? this.#join();
  }

  #join(): Room {
    const { token, getTicket, keepUnsaid: _, ...rest } = this.#options;
    const room = joinRoom(this.#roomId, {
      ...rest,
      token: token && ((refused) => (this.#options.token ?? token)(refused)),
      getTicket: getTicket && (() => (this.#options.getTicket ?? getTicket)()),
    });
    this.#room = room;
    this.#view = room.view;
    globalThis.addEventListener?.('pagehide', this.#keep);
    globalThis.addEventListener?.('pageshow', this.#back);
    this.#stopDrawing = perFrame(room, (view) => {
      if (view === this.#view) return;
      this.#view = view;
      for (const listener of [...this.#listeners]) listener();
    });
    return room;
  }

  #leaveSoon(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#leave(), GRACE);
  }

  readonly #keep = () => {
    if (this.#room) this.#options.keepUnsaid?.(this.#room.unsaid());
  };

  /** A page that is shown again as it was has all of it itself. */
  readonly #back = ({ persisted }: PageTransitionEvent) => {
    if (persisted) this.#options.keepUnsaid?.([]);
  };

  #leave(): void {
    globalThis.removeEventListener?.('pagehide', this.#keep);
    globalThis.removeEventListener?.('pageshow', this.#back);
    this.#keep();
    this.#stopDrawing();
    this.#room?.close();
    this.#room = this.#view = undefined;
  }
}

/** Of more than these the oldest that nobody looks at are forgotten: on a server that renders pages that is each of them. */
const MOST = 100;

// Others stay, although nobody looks at them: a hidden component may come back for its own.
const rooms = new Map<string, SharedRoom>();

/** The one shared room for these: whoever asks for the same server, room and user gets the same. */
export function sharedRoom(url: string, roomId: string, user: string): SharedRoom {
  const key = JSON.stringify([url, roomId, user]);
  const known = rooms.get(key);
  if (known) return known;
  if (rooms.size >= MOST) forgetOldest();
  const shared = new SharedRoom(roomId);
  rooms.set(key, shared);
  return shared;
}

function forgetOldest(): void {
  for (const [key, { idle }] of rooms) {
    if (idle) {
      rooms.delete(key);
      return;
    }
  }
}
