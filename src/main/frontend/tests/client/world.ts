import type { Platform, Socket } from '../../client/platform.ts';
import type { Command, Frame } from '../../client/frames.ts';
import type { Link, LinkEvents, Target, Transport, TransportName } from '../../client/transport.ts';

interface Timer {
  at: number;
  run: () => void;
}

/** A world whose clock only moves when a test says so. */
export class World implements Platform {
  time = 1_000_000;
  dice = 0.5;
  isOnline = true;
  /** Timers run at multiples of this only (ms), as in a tab that was hidden for minutes. */
  timersEvery = 1;
  respond: (url: URL, init: RequestInit) => Response | Promise<Response> = () =>
    new Response(null, { status: 404 });
  readonly requests: string[] = [];
  readonly #timers = new Set<Timer>();
  readonly #wakers = new Set<() => void>();

  now = () => this.time;
  random = () => this.dice;
  online = () => this.isOnline;

  setTimeout = (run: () => void, ms: number): Timer => {
    // As in browsers, where a longer wait than 31 bits can hold is none.
    const due = this.time + (ms > 0x7fffffff ? 1 : ms);
    const timer = { at: Math.ceil(due / this.timersEvery) * this.timersEvery, run };
    this.#timers.add(timer);
    return timer;
  };

  clearTimeout = (timer: unknown) => void this.#timers.delete(timer as Timer);

  onWake = (run: () => void) => {
    this.#wakers.add(run);
    return () => void this.#wakers.delete(run);
  };

  wake() {
    for (const run of [...this.#wakers]) run();
  }

  fetch = async (url: URL, init: RequestInit) => {
    this.requests.push(`${init.method ?? 'GET'} ${url.pathname}${url.search}`);
    return this.respond(url, init);
  };

  socket = (): Socket => {
    throw new Error('no sockets in this world');
  };

  get pendingTimers() {
    return this.#timers.size;
  }

  /** Lets so many milliseconds pass: what is due runs in order, and promises settle in between. */
  async pass(ms: number) {
    const until = this.time + ms;
    for (;;) {
      await settle();
      const due = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.run();
    }
    this.time = until;
  }
}

/** Lets all promises that can settle do so. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A transport in the hands of a test. */
export class FakeTransport implements Transport {
  readonly name: TransportName;
  readonly links: FakeLink[] = [];

  constructor(name: TransportName) {
    this.name = name;
  }

  open(target: Target, events: LinkEvents): FakeLink {
    const link = new FakeLink(target, events);
    this.links.push(link);
    return link;
  }

  get last(): FakeLink {
    const link = this.links.at(-1);
    if (!link) throw new Error(`${this.name} was never opened`);
    return link;
  }
}

export class FakeLink implements Link {
  readonly target: Target;
  readonly events: LinkEvents;
  readonly sent: Command[] = [];
  pings = 0;
  answersPings = true;
  resyncs = 0;
  closed = false;

  constructor(target: Target, events: LinkEvents) {
    this.target = target;
    this.events = events;
  }

  send(command: Command) {
    this.sent.push(command);
  }

  ping() {
    this.pings++;
    return this.answersPings;
  }

  resync() {
    this.resyncs++;
  }

  close() {
    this.closed = true;
  }

  /** The server lets us in. */
  join(frame: Partial<Extract<Frame, { type: 'joined' }>> = {}) {
    this.events.frame(joined(frame));
    this.events.ready();
  }

  lose(code = 1006) {
    this.events.ended({ code, reason: '' });
  }
}

const ana = { userId: 'ana', name: 'Ana' };

/** A `joined` frame with nothing in it but what is given. */
export const joined = (
  more: Partial<Extract<Frame, { type: 'joined' }>> = {},
): Extract<Frame, { type: 'joined' }> => ({
  type: 'joined',
  roomId: 'tea',
  position: 'e-0',
  recovered: false,
  you: { ...ana, guest: false, role: 'member' },
  members: [ana],
  count: 1,
  presence: 1,
  history: [],
  answers: [],
  waiting: [],
  ...more,
});
