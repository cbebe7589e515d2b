import { errorOf, retryAfter, serverError } from './http-error.ts';
import { parseFrame } from './check.ts';
import type { Command } from './frames.ts';
import { CLOSE, endedBy, type LinkEvents, type Target } from './transport.ts';

/** A URL of the room. Parameters that are undefined are left out. */
export function roomUrl(
  { base, roomId }: Pick<Target, 'base' | 'roomId'>,
  door: 'events' | 'commands',
  parameters: Record<string, string | undefined>,
): URL {
  const url = new URL(`api/rooms/${encodeURIComponent(roomId)}/${door}`, base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/** Tells the link what a response means that is not ok: refused by the server, or turned away on the way to it. */
export async function turnedAway(response: Response, events: LinkEvents): Promise<void> {
  const error = await serverError(response);
  if (response.status === 401)
    events.ended({ code: CLOSE.tokenEnded, reason: error?.message ?? 'Who are you?' });
  else if (error) events.refused(error);
  else {
    const reason = `The server answered ${response.status}.`;
    events.ended({ code: CLOSE.lost, reason, retryAfterMs: retryAfter(response) });
  }
}

/**
 * The refusal in the response to a command, or `undefined` where something on the way failed: a server behind it may have
 * done the command all the same.
 */
const refusal = (response: Response) => (response.status < 500 ? errorOf(response) : serverError(response));

/**
 * A command has to be answered within so long (ms). Longer than a poll: where the streams of other tabs hold all of the
 * browser's connections, a command gets that of its own poll when this ends.
 */
const PATIENCE = 30_000;

/** Carries the commands of an HTTP link, one after the other, so that they arrive in the order in which they were given. */
export class Courier {
  readonly #target: Target;
  readonly #events: LinkEvents;
  readonly #gone = new AbortController();
  #last: Promise<void> = Promise.resolve();
  /** Known once the first `joined` has come. */
  session: string | undefined;

  constructor(target: Target, events: LinkEvents) {
    this.#target = target;
    this.#events = events;
    this.session = target.session;
  }

  send(command: Command): void {
    this.#last = this.#last.then(() => (this.#gone.signal.aborted ? undefined : this.#post(command)));
  }

  stop(): void {
    this.#gone.abort();
  }

  async #post(command: Command): Promise<void> {
    const { credentials, platform } = this.#target;
    const url = roomUrl(this.#target, 'commands', { session: this.session });
    const { signal } = this.#gone;
    const late = platform.setTimeout(() => {
      const reason = 'The server did not answer a command in time.';
      this.#events.ended({ code: CLOSE.silent, reason, mute: true });
    }, PATIENCE);
    try {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(command);
      const response = await credentials.fetch(url, { method: 'POST', headers, body, signal });
      if (signal.aborted) return;
      if (response.status === 401) {
        this.#events.ended({ code: CLOSE.tokenEnded, reason: 'The token ended.' });
        return;
      }
      const frame = response.ok ? parseFrame(await response.text()) : await refusal(response);
      if (frame?.type !== 'reply' && frame?.type !== 'error') {
        const reason = `Something on the way to the server answered ${response.status}.`;
        this.#events.ended({ code: CLOSE.lost, reason, retryAfterMs: retryAfter(response) });
        return;
      }
      // Its answer whatever it says: it came as the response to this command.
      const re = 'id' in command ? command.id : undefined;
      this.#events.frame({ ...frame, re });
    } catch (problem) {
      // Whether it arrived is not known: a new link sends it again, with the same id.
      if (!signal.aborted) this.#events.ended(endedBy(problem));
    } finally {
      platform.clearTimeout(late);
    }
  }
}
