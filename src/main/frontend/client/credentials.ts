import { errorOf } from './http-error.ts';
import type { Platform } from './platform.ts';
import { Refused } from './refused.ts';

/**
 * Gives a bearer token. Called at the first need and again when the server refused the last one (`refused`: then a new
 * one is wanted, not the same from a drawer). A rejection counts as "not now" and is tried again later, except with
 * `Refused` of code `unauthorized` or `not-allowed`, which end the attempts.
 */
export type GetToken = (refused: boolean) => string | Promise<string>;

/** Gives a fresh single-use ticket for each call, for instance from your own server. */
export type GetTicket = () => string | Promise<string>;

/** Who we are to the server: knows the token, fetches tickets, and notices when they are no longer good. */
export class Credentials {
  readonly #base: URL;
  readonly #platform: Platform;
  readonly #getToken: GetToken | undefined;
  readonly #getTicket: GetTicket | undefined;
  #token: Promise<string> | undefined;
  #refusals = 0;

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
    this.#token = undefined;
    this.#refusals++;
  }

  /** The server let us in. */
  accepted(): void {
    this.#refusals = 0;
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
    if (!this.#getToken) return undefined;
    const getToken = this.#getToken;
    this.#token ??= (async () => getToken(this.#refusals > 0))(); // Async, so that a throw is a rejection too.
    const asked = this.#token;
    try {
      return await asked;
    } catch (problem) {
      if (this.#token === asked) this.#token = undefined;
      if (problem instanceof Refused) throw problem;
      throw new Refused(
        'unavailable',
        problem instanceof Error ? problem.message : 'There is no token.',
        true,
      );
    }
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
