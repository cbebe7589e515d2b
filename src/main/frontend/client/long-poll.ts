import { readFrame } from './check.ts';
import type { Command } from './frames.ts';
import { Courier, roomUrl, turnedAway } from './http.ts';
import {
  endedBecause,
  endedBy,
  type Ended,
  type Link,
  type LinkEvents,
  type Target,
  type Transport,
} from './transport.ts';

/** The last choice, where proxies hold streams back: one request after the other. */
export const longPoll: Transport = {
  name: 'poll',
  open: (target, events) => new LongPollLink(target, events),
};

/** How long the server may hold a request, in milliseconds. */
const WAIT = 25_000;
/** Between two polls that bring something: so much of an answer comes as one chunk then. */
const BREATH = 30;
/** Between two polls that bring nothing although the server need not have answered yet. */
const IDLE = 1_000;

class LongPollLink implements Link {
  readonly #target: Target;
  readonly #events: LinkEvents;
  readonly #courier: Courier;
  readonly #tell: (end: Ended) => void;
  #polling = new AbortController();
  #over = false;

  constructor(target: Target, events: LinkEvents) {
    this.#target = target;
    this.#tell = events.ended;
    this.#events = { ...events, ended: (end) => this.#end(end) };
    this.#courier = new Courier(target, this.#events);
    void this.#run(target.since);
  }

  async #run(from: string | undefined): Promise<void> {
    const polling = new AbortController();
    this.#polling = polling;
    const { signal } = polling;
    let since = from;
    try {
      // The first answer comes at once, so that a resumed room is known to be there.
      for (let wait = 0; !signal.aborted; wait = WAIT) {
        const body = await this.#poll(since, wait, signal);
        if (signal.aborted || body === undefined) return;
        for (const entry of body.events) {
          const frame = readFrame(entry);
          if (frame?.type === 'joined') this.#courier.session = frame.session ?? this.#courier.session;
          if (frame) this.#events.frame(frame);
          if (signal.aborted) return;
        }
        const moved = body.position !== undefined && body.position !== since;
        // Also where the last frame did not say it, everything up to here has come.
        if (moved) this.#events.frame({ type: 'other', position: body.position });
        since = body.position ?? since;
        if (body.close !== undefined && !signal.aborted) return this.#end(endedBecause(body.close));
        if (wait === 0 && !signal.aborted) this.#events.ready();
        await this.#pause(moved ? BREATH : body.took < wait / 2 ? IDLE : 0, signal);
      }
    } catch (problem) {
      if (!signal.aborted) this.#end(endedBy(problem));
    }
  }

  async #poll(since: string | undefined, wait: number, signal: AbortSignal) {
    const { credentials, platform } = this.#target;
    const asked = platform.now();
    const url = roomUrl(this.#target, 'events', {
      since,
      session: this.#courier.session,
      wait: String(wait),
    });
    const headers = { Accept: 'application/json' };
    const response = await credentials.fetch(url, { headers, signal, cache: 'no-store' });
    if (signal.aborted) return undefined;
    if (!response.ok) {
      await turnedAway(response, this.#events);
      return undefined;
    }
    const { events, position, close } = ((await response.json()) ?? {}) as Record<string, unknown>;
    this.#events.alive();
    return {
      events: Array.isArray(events) ? (events as unknown[]) : [],
      position: typeof position === 'string' ? position : undefined,
      close,
      took: platform.now() - asked,
    };
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0 || signal.aborted) return Promise.resolve();
    const { platform } = this.#target;
    return new Promise((resolve) => {
      const done = () => {
        platform.clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = platform.setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }

  send(command: Command): void {
    this.#courier.send(command);
  }

  ping(): boolean {
    return false; // Each poll is answered.
  }

  resync(): void {
    this.#polling.abort();
    void this.#run(undefined);
  }

  close(): void {
    this.#over = true;
    this.#polling.abort();
    this.#courier.stop();
  }

  #end(end: Ended): void {
    if (this.#over) return;
    this.close();
    this.#tell(end);
  }
}
