import { parseFrame } from './check.ts';
import { EventParser, type StreamEvent } from './event-parser.ts';
import type { Command } from './frames.ts';
import { Courier, roomUrl, turnedAway } from './http.ts';
import {
  CLOSE,
  endedBecause,
  endedBy,
  type Ended,
  type Link,
  type LinkEvents,
  type Target,
  type Transport,
} from './transport.ts';

/** The second choice, where sockets are blocked: server-sent events for reading, requests for writing. */
export const eventStream: Transport = {
  name: 'sse',
  open: (target, events) => new EventStreamLink(target, events),
};

/** Read with `fetch` and not `EventSource`, which can send no bearer token and says nothing of why it failed. */
class EventStreamLink implements Link {
  readonly #target: Target;
  readonly #events: LinkEvents;
  readonly #courier: Courier;
  readonly #tell: (end: Ended) => void;
  #reading = new AbortController();
  #over = false;

  constructor(target: Target, events: LinkEvents) {
    this.#target = target;
    this.#tell = events.ended;
    this.#events = { ...events, ended: (end) => this.#end(end) };
    this.#courier = new Courier(target, this.#events);
    void this.#read(target.since);
  }

  async #read(since: string | undefined): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    const { signal } = reading;
    const url = roomUrl(this.#target, 'events', { since, session: this.#courier.session });
    const parser = new EventParser((event) => signal.aborted || this.#receive(event));
    try {
      const headers = { Accept: 'text/event-stream' };
      const response = await this.#target.credentials.fetch(url, { headers, signal, cache: 'no-store' });
      if (signal.aborted) return;
      if (!response.ok) {
        await turnedAway(response, this.#events);
        return;
      }
      const stream = response.headers.get('Content-Type')?.startsWith('text/event-stream')
        ? response.body
        : null;
      if (!stream) throw new TypeError('not an event stream');
      this.#events.alive();
      for (const reader = stream.getReader(); ;) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (done) break;
        this.#events.alive();
        parser.push(value);
      }
      this.#end({ code: CLOSE.lost, reason: 'The stream ended.' });
    } catch (problem) {
      if (!signal.aborted) this.#end(endedBy(problem));
    }
  }

  #receive({ event, data }: StreamEvent): void {
    if (event === 'close') {
      this.#end(closing(data));
      return;
    }
    const frame = parseFrame(data);
    if (!frame) return;
    if (frame.type === 'joined') this.#courier.session = frame.session ?? this.#courier.session;
    this.#events.frame(frame);
    if (frame.type === 'joined' && !this.#over) this.#events.ready();
  }

  send(command: Command): void {
    this.#courier.send(command);
  }

  ping(): boolean {
    return false; // The server comments every 15 s.
  }

  resync(): void {
    this.#reading.abort();
    void this.#read(undefined);
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

function closing(data: string): Ended {
  try {
    return endedBecause(JSON.parse(data));
  } catch {
    return endedBecause(undefined);
  }
}
