import { parseFrame } from './check.ts';
import type { Command } from './frames.ts';
import { randomId } from './ids.ts';
import type { Socket } from './platform.ts';
import {
  CLOSE,
  endedBy,
  type Ended,
  type Link,
  type LinkEvents,
  type Target,
  type Transport,
} from './transport.ts';

/** The first choice: one socket, both ways. */
export const websocket: Transport = {
  name: 'websocket',
  open: (target, events) => new WebSocketLink(target, events),
};

class WebSocketLink implements Link {
  readonly #events: LinkEvents;
  readonly #roomId: string;
  #socket: Socket | undefined;
  #joinId = '';
  #over = false;

  constructor(target: Target, events: LinkEvents) {
    this.#events = events;
    this.#roomId = target.roomId;
    void this.#open(target);
  }

  async #open({ base, since, credentials, platform }: Target): Promise<void> {
    const url = new URL('ws', base);
    url.protocol = url.protocol.replace('http', 'ws');
    try {
      for (const [name, value] of Object.entries(await credentials.forSocket()))
        url.searchParams.set(name, value);
    } catch (problem) {
      this.#end({ ...endedBy(problem), beforeTransport: true });
      return;
    }
    if (this.#over) return;
    try {
      this.#socket = platform.socket(url);
    } catch {
      this.#end({ code: CLOSE.lost, reason: 'There are no WebSockets here.' });
      return;
    }
    this.#socket.onopen = () => this.#join(since);
    this.#socket.onmessage = ({ data }) => this.#receive(data);
    this.#socket.onclose = ({ code, reason }) => this.#end({ code, reason });
    this.#socket.onerror = () => {}; // A close follows and says all there is to say.
  }

  #join(since: string | undefined): void {
    this.#joinId = randomId();
    this.#say({ type: 'join', id: this.#joinId, roomId: this.#roomId, since });
  }

  #receive(data: unknown): void {
    if (this.#over) return;
    this.#events.alive();
    const frame = typeof data === 'string' ? parseFrame(data) : undefined;
    if (!frame) return;
    if (frame.type === 'error' && frame.re === this.#joinId) this.#events.refused(frame);
    else this.#events.frame(frame);
    if (frame.type === 'joined' && !this.#over) this.#events.ready();
  }

  send(command: Command): void {
    this.#say(command);
  }

  ping(): boolean {
    this.#say({ type: 'ping' });
    return true;
  }

  resync(): void {
    this.#join(undefined);
  }

  close(): void {
    this.#over = true;
    this.#socket?.close(1000);
  }

  #say(frame: object): void {
    try {
      this.#socket?.send(JSON.stringify(frame));
    } catch {
      // Still opening or already closing: the close event follows, and what matters is sent again after it.
    }
  }

  #end(end: Ended): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.ended(end);
  }
}
