import { parseFrame } from './check.ts';
import { EventParser, type StreamEvent } from './event-parser.ts';
import { HttpLink, type Reading } from './http-link.ts';
import { roomUrl, turnedAway } from './http.ts';
import { CLOSE, endedBecause, type Ended, type Transport } from './transport.ts';

/** The second choice, where sockets are blocked: server-sent events for reading, requests for writing. */
export const eventStream: Transport = {
  name: 'sse',
  open: (target, events) => new HttpLink(target, events, { read: readStream, lasting: true }),
};

/** Reads with `fetch` and not `EventSource`, which can send no bearer token and says nothing of why it failed. */
async function readStream(reading: Reading): Promise<Ended | void> {
  const { target, since, signal, events, session } = reading;
  const url = roomUrl(target, 'events', { since, session: session() });
  const headers = { Accept: 'text/event-stream' };
  const response = await target.credentials.fetch(url, { headers, signal, cache: 'no-store' });
  if (signal.aborted) return;
  if (!response.ok) return turnedAway(response, events);
  const stream = response.headers.get('Content-Type')?.startsWith('text/event-stream') ? response.body : null;
  if (!stream) throw new TypeError('not an event stream');
  events.alive();
  const parser = new EventParser((event) => signal.aborted || receive(event, reading));
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (signal.aborted) return;
    if (done) return { code: CLOSE.lost, reason: 'The stream ended.' };
    events.alive();
    parser.push(value);
  }
}

function receive({ event, data }: StreamEvent, { events, frame: take, signal }: Reading): void {
  if (event === 'close') {
    events.ended(closing(data));
    return;
  }
  const frame = parseFrame(data);
  if (frame) take(frame);
  if (frame?.type === 'joined' && !signal.aborted) events.ready();
}

function closing(data: string): Ended {
  try {
    return endedBecause(JSON.parse(data));
  } catch {
    return endedBecause(undefined);
  }
}
