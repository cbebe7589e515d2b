import { Credentials, type GetToken } from './credentials.ts';
import type { Role } from './frames.ts';
import { errorOf } from './http-error.ts';
import { isObject, list, number, text, whole } from './json.ts';
import { browser, type Platform } from './platform.ts';
import { Refused } from './refused.ts';

/** A room as one sees it oneself. */
export interface RoomEntry {
  roomId: string;
  private: boolean;
  title: string | undefined;
  role: Role;
}

/** Whom somebody gave a role in a room; in an open room those who were removed (`none`). */
export interface Admitted {
  userId: string;
  role: Role | 'none';
}

/** What is left of something limited. */
export interface Left {
  left: number;
  /** What comes back little by little within `perMs`; absent if nothing does. */
  limit?: number;
  perMs?: number;
}

/** Who the server takes us for, and what we have left. What has no limit is not there. */
export interface Me {
  userId: string;
  name: string;
  left: Partial<Record<string, Left>>;
}

/** The tokens of questions and answers in a room, of all its members. */
export interface RoomUsage {
  tokensToday: number;
  /** How many it may use in a day; absent without a limit. */
  limit: number | undefined;
}

export interface RoomsOptions {
  /** The server's base URL with its context root; by default that of the page. */
  url?: string | URL;
  token: GetToken;
  /** The world around; for tests. */
  platform?: Platform;
}

const roles: readonly Role[] = ['reader', 'member', 'moderator', 'owner'];
const roleOf = (value: unknown) => roles.find((known) => known === value);

function entry(from: Record<string, unknown>): RoomEntry | undefined {
  const { roomId, role, title } = from;
  if (typeof roomId !== 'string' || roomId === '') return undefined;
  return { roomId, private: from.private === true, title: text(title), role: roleOf(role) ?? 'reader' };
}

function admitted({ userId, role }: Record<string, unknown>): Admitted | undefined {
  return typeof userId === 'string' ? { userId, role: roleOf(role) ?? 'none' } : undefined;
}

function left(from: unknown): Me['left'] {
  const known = Object.entries(isObject(from) ? from : {}).flatMap(([what, value]) => {
    const rest = isObject(value) ? number(value.left) : undefined;
    if (!isObject(value) || rest === undefined) return [];
    return [[what, { left: rest, limit: number(value.limit), perMs: number(value.perMs) }] as const];
  });
  return Object.fromEntries(known);
}

/**
 * The rooms of a server: which are ours, who is in them, and who shall be. Each method is one request, and rejects with
 * `Refused` if it is refused or the server is not to be reached.
 */
export class Rooms {
  readonly #base: URL;
  readonly #credentials: Credentials;

  constructor({ url = globalThis.document?.baseURI, token, platform = browser }: RoomsOptions) {
    this.#base = new URL('./', new URL(url, globalThis.document?.baseURI));
    this.#credentials = new Credentials(this.#base, platform, token);
  }

  /** Who we are, and what is left of what is limited. */
  async me(): Promise<Me> {
    const { userId, name, ...me } = await this.#ask('GET', 'api/me');
    return { userId: text(userId) ?? '', name: text(name) ?? '', left: left(me.left) };
  }

  /** The private rooms in which we have a role. */
  async mine(): Promise<RoomEntry[]> {
    return list((await this.#ask('GET', 'api/rooms')).rooms, entry);
  }

  /** A new private room of ours. */
  async create(title: string): Promise<RoomEntry> {
    return this.#entry(await this.#ask('POST', 'api/rooms', title === '' ? {} : { title }));
  }

  /** What a room is to us, and to whom else it is something. */
  async look(roomId: string): Promise<RoomEntry & { people: Admitted[] }> {
    const found = await this.#ask('GET', path(roomId));
    return { ...this.#entry(found), people: list(found.people, admitted) };
  }

  /** What a room used today. */
  async usage(roomId: string): Promise<RoomUsage> {
    const { tokensToday, limit } = await this.#ask('GET', `${path(roomId)}/usage`);
    return { tokensToday: whole(tokensToday) ?? 0, limit: whole(limit) };
  }

  /** What the AI is told in a room besides what it is told everywhere; empty if nothing. */
  async instructions(roomId: string): Promise<string> {
    return text((await this.#ask('GET', `${path(roomId)}/instructions`)).instructions) ?? '';
  }

  /** Changes that, as its owner; nothing removes it. It counts from the next answer on. */
  async instruct(roomId: string, instructions: string): Promise<void> {
    const change = `${path(roomId)}/instructions`;
    if (instructions === '') await this.#ask('DELETE', change);
    else await this.#ask('PUT', change, { instructions });
  }

  /** Ends a private room of ours, for everybody. */
  async end(roomId: string): Promise<void> {
    await this.#ask('DELETE', path(roomId));
  }

  /** Gives somebody a role. `owner` hands the room over: we are a moderator then. */
  async admit(roomId: string, userId: string, role: Role): Promise<void> {
    await this.#ask('PUT', path(roomId, userId), { role });
  }

  /** Removes somebody from a room, within seconds also where they have it open. */
  async dismiss(roomId: string, userId: string): Promise<void> {
    await this.#ask('DELETE', path(roomId, userId));
  }

  #entry(found: Record<string, unknown>): RoomEntry {
    const room = entry(found);
    if (!room) throw new Refused('internal', 'The server named no room.', true);
    return room;
  }

  async #ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const url = new URL(path, this.#base);
    const init = {
      method,
      cache: 'no-store',
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    } as const;
    let response = await this.#fetch(url, init);
    if (response.status === 401) {
      this.#credentials.refused(); // Perhaps the token was only old.
      response = await this.#fetch(url, init);
    }
    if (!response.ok) throw Refused.from(await errorOf(response));
    this.#credentials.accepted();
    const found: unknown = response.status === 204 ? {} : await response.json().catch(() => undefined);
    return isObject(found) ? found : {};
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    try {
      return await this.#credentials.fetch(url, init);
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      throw new Refused('unavailable', 'The server cannot be reached.', true);
    }
  }
}

/** Browsers fold such parts of a path away, however they are written: the request would mean something else. */
const unspeakable = (part: string) => part === '' || part === '.' || part === '..';

function path(roomId: string, userId?: string): string {
  if (unspeakable(roomId)) throw new Refused('bad-room', 'A room cannot be called that.');
  const room = `api/rooms/${encodeURIComponent(roomId)}`;
  if (userId === undefined) return room;
  if (unspeakable(userId)) throw new Refused('bad-name', 'Nobody can be called that.');
  return `${room}/people/${encodeURIComponent(userId)}`;
}
