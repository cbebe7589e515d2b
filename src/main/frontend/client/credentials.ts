import { errorOf } from './http-error.ts';
import type { Platform } from './platform.ts';
import { Refused } from './refused.ts';

/** A bearer token, and when it ends (milliseconds since 1970, by this machine's clock). Without `until` the server is asked. */
export interface Token {
  token: string;
  until?: number;
}

/**
 * Gives a bearer token. Called at the first need, and again when the server refused the last one or that is about to end
 * (`refused`: then a new one is wanted, not the same from a drawer). A rejection counts as "not now" and is tried again later, except with
 * `Refused` of code `unauthorized` or `not-allowed`, which end the attempts.
 */
export type GetToken = (refused: boolean) => string | Token | Promise<string | Token>;

/** Gives a fresh single-use ticket for each call, for instance from your own server. */
export type GetTicket = () => string | Promise<string>;

/** Who we are to the server: knows the token, fetches tickets, and notices when they are no longer good. */
export class Credentials {
  readonly #base: URL;
  readonly #platform: Platform;
  readonly #getToken: GetToken | undefined;
  readonly #getTicket: GetTicket | undefined;
  #token: Promise<Token> | undefined;
  #refusals = 0;
  /** Whether the last token was no good, so that another is wanted. */
  #spent = false;

  constructor(base: URL, platform: Platform, getToken?: GetToken, getTicket?: GetTicket) {
    this.#base = base;
    this.#platform = platform;
    this.#getToken = getToken;
    this.#getTicket = getTicket;
  }

  /** False for a guest. */
  get given(): boolean {
    return this.#getToken !== undefined || this.#getTicket !== undefined;
  }

  /** True once even a new token was refused: trying further would only be noise. */
  get hopeless(): boolean {
    return this.#getToken !== undefined && this.#refusals >= 2;
  }

  /** The server did not take the token. */
  refused(): void {
    this.drop();
    this.#refusals++;
  }

  /** Uses the token no more; the next is another one. */
  drop(): void {
    this.#token = undefined;
    this.#spent = true;
  }

  /** The server let us in. */
  accepted(): void {
    this.#refusals = 0;
    this.#spent = false;
  }

  /** When the token ends, by this machine's clock; `undefined` if there is none or nobody knows. Never rejects. */
  async until(): Promise<number | undefined> {
    try {
      const token = await this.#current();
      if (token && token.until === undefined) token.until = await this.#askUntil();
      return token?.until;
    } catch {
      return undefined;
    }
  }

  /** Takes a new token in place of one that is still good; `undefined` if none is to be had now. Never rejects. */
  async renew(): Promise<string | undefined> {
    const before = this.#token;
    try {
      const token = await this.#fetchToken(true);
      const known = await before?.catch(() => undefined);
      if (token === undefined || token.token === known?.token) return undefined;
      this.#token = Promise.resolve(token);
      return token.token;
    } catch {
      return undefined;
    }
  }

  /** What a socket's URL needs; empty for a guest. Rejects with `Refused` or, without a network, with what `fetch` says. */
  async forSocket(): Promise<Record<string, string>> {
    const ticket = this.#getTicket ? await this.#getTicket() : await this.#fetchTicket();
    return ticket === undefined ? {} : { ticket };
  }

  /** Sends a request with what opens the door: the token in a header or, without one, a ticket in the URL. */
  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const token = await this.#bearer();
    if (token !== undefined) {
      return this.#platform.fetch(url, {
        ...init,
        headers: { ...init.headers, Authorization: `Bearer ${token}` },
      });
    }
    const opened = new URL(url);
    if (this.#getTicket) opened.searchParams.set('ticket', await this.#getTicket());
    return this.#platform.fetch(opened, init);
  }

  async #bearer(): Promise<string | undefined> {
    return (await this.#current())?.token;
  }

  async #current(): Promise<Token | undefined> {
    if (!this.#getToken) return undefined;
    this.#token ??= this.#fetchToken(this.#spent);
    const asked = this.#token;
    try {
      return await asked;
    } catch (problem) {
      if (this.#token === asked) this.#token = undefined;
      if (problem instanceof Refused) throw problem;
      const why = new Refused(
        'unavailable',
        'You could not be signed in to the server just now. Try again in a moment.',
        true,
      );
      why.cause = problem; // For programs: it is no sentence for people.
      throw why;
    }
  }

  /** Async, so that a throw is a rejection too. */
  async #fetchToken(refused: boolean): Promise<Token> {
    const given = await this.#getToken!(refused);
    return typeof given === 'string' ? { token: given } : { ...given };
  }

  async #askUntil(): Promise<number | undefined> {
    const asked = this.#platform.now();
    const response = await this.fetch(new URL('api/me', this.#base), { cache: 'no-store' });
    if (!response.ok) return undefined;
    const { until } = (await response.json()) as { until?: unknown };
    // The server counts by its own clock, which it tells with each response.
    const theirs = Date.parse(response.headers.get('Date') ?? '');
    const ahead = Number.isNaN(theirs) ? 0 : theirs - asked;
    return typeof until === 'number' && Number.isFinite(until) ? until - ahead : undefined;
  }

  async #fetchTicket(): Promise<string | undefined> {
    if (!this.#getToken) return undefined;
    const url = new URL('api/tickets', this.#base);
    let response = await this.fetch(url, { method: 'POST' });
    if (response.status === 401) {
      this.refused(); // Perhaps it was only old.
      response = await this.fetch(url, { method: 'POST' });
    }
    if (response.ok) {
      const { ticket } = (await response.json()) as { ticket?: unknown };
      if (typeof ticket === 'string') return ticket;
      throw new Refused('internal', 'The server gave no ticket.', true);
    }
    throw Refused.from(await errorOf(response));
  }
}
