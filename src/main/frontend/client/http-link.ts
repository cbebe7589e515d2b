import type { Command, Frame } from './frames.ts';
import { Courier } from './http.ts';
import { endedBy, type Ended, type Link, type LinkEvents, type Target } from './transport.ts';

/** What a reader of an HTTP link works with. */
export interface Reading {
  target: Target;
  /** Read behind this position; from a snapshot on if there is none. */
  since: string | undefined;
  /** Once aborted, nothing that is read counts any more. */
  signal: AbortSignal;
  events: LinkEvents;
  session: () => string | undefined;
  /** Takes what was read. */
  frame: (frame: Frame) => void;
}

/** Reads until there is an end, which it returns, or until it was told through `events` that there is nothing to read. */
export type Read = (reading: Reading) => Promise<Ended | void>;

interface Way {
  read: Read;
  /** True if one request is read from for long, so that the server has to be shown a new token meanwhile. */
  lasting: boolean;
}

/** A link that reads in one way or another, and sends each command by a request of its own. */
export class HttpLink implements Link {
  readonly #target: Target;
  readonly #events: LinkEvents;
  readonly #courier: Courier;
  readonly #way: Way;
  readonly #tell: (end: Ended) => void;
  #reading = new AbortController();
  #over = false;

  constructor(target: Target, events: LinkEvents, way: Way) {
    this.#target = target;
    this.#tell = events.ended;
    this.#events = { ...events, ended: (end) => this.#end(end) };
    this.#courier = new Courier(target, this.#events);
    this.#way = way;
    void this.#begin(target.since);
  }

  async #begin(since: string | undefined): Promise<void> {
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    const courier = this.#courier;
    const events = this.#events;
    try {
      const end = await this.#way.read({
        target: this.#target,
        since,
        signal,
        events,
        session: () => courier.session,
        frame: (frame) => {
          if (frame.type === 'joined') courier.session = frame.session ?? courier.session;
          events.frame(frame);
        },
      });
      if (end && !signal.aborted) this.#end(end);
    } catch (problem) {
      if (!signal.aborted) this.#end(endedBy(problem));
    }
  }

  send(command: Command): void {
    if (command.type !== 'refresh' || this.#way.lasting) this.#courier.send(command);
  }

  ping(): boolean {
    return false; // A stream has heartbeats, and each poll is answered.
  }

  resync(): void {
    if (this.#over) return;
    this.#reading.abort();
    void this.#begin(undefined);
  }

  close(): void {
    this.#over = true;
    this.#reading.abort();
    this.#courier.stop();
  }

  #end(end: Ended): void {
    if (this.#over) return;
    this.close();
    this.#tell(end);
  }
}
