import { beforeEach, expect, test } from 'vitest';
import { Credentials } from '../../client/credentials.ts';
import { eventStream } from '../../client/event-stream.ts';
import type { Command, Frame } from '../../client/frames.ts';
import { longPoll } from '../../client/long-poll.ts';
import type { Ended, LinkEvents, Transport } from '../../client/transport.ts';
import { websocket } from '../../client/websocket.ts';
import { joined, settle, World } from './world.ts';

const base = new URL('http://mock/app/');
let world: World;
let frames: Frame[];
let told: (string | Ended)[];

beforeEach(() => {
  world = new World();
  [frames, told] = [[], []];
});

function open(transport: Transport, since?: string, credentials = new Credentials(base, world, () => 'tok')) {
  const events: LinkEvents = {
    alive: () => {},
    ready: () => told.push('ready'),
    frame: (frame) => frames.push(frame),
    refused: ({ code }) => told.push(code),
    ended: (end) => told.push(end),
  };
  return transport.open(
    { base, roomId: 'täa', since, session: undefined, credentials, platform: world },
    events,
  );
}

const say = (id: string): Command => ({ type: 'message', id, content: id });
const json = (body: unknown, status = 200) => Response.json(body, { status });

/** An event stream that stays open. */
function stream(...pieces: string[]) {
  const body = new ReadableStream({
    start: (out) => pieces.forEach((piece) => out.enqueue(new TextEncoder().encode(piece))),
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream;charset=UTF-8' } });
}

/** A response that never comes, until the request is given up. */
const never = (init: RequestInit) =>
  new Promise<Response>((_, reject) =>
    init.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );

test.each([
  ['sse', eventStream],
  ['poll', longPoll],
])('resync over %s asks again without since', async (_, transport) => {
  world.respond = (_, init) => never(init);
  const link = open(transport, 'e-7');
  await settle();
  link.resync();
  await settle();
  expect(world.requests.map((request) => request.includes('since=e-7'))).toEqual([true, false]);
  expect(told).toEqual([]);
  link.close();
  link.resync();
  await settle();
  expect(world.requests).toHaveLength(2);
});

test('commands go one after the other, with the session of the first joined', async () => {
  const waiting: ((response: Response) => void)[] = [];
  world.respond = (url) =>
    url.pathname.endsWith('/events')
      ? stream(`data: ${JSON.stringify(joined({ session: 's1' }))}\n\n`)
      : new Promise<Response>((resolve) => waiting.push(resolve));
  const link = open(eventStream);
  await settle();
  link.send(say('c1'));
  link.send(say('c2'));
  await settle();
  expect(world.requests.slice(1)).toEqual(['POST /app/api/rooms/t%C3%A4a/commands?session=s1']);
  waiting[0]?.(json({ type: 'reply', re: 'c1', messageId: 'm1' }, 202));
  await settle();
  expect(frames.at(-1)).toMatchObject({ type: 'reply', re: 'c1' });
  expect(waiting).toHaveLength(2);
});

test('a refused command is an error frame, a lost one ends the link', async () => {
  world.respond = (url) =>
    url.pathname.endsWith('/events') ? stream() : new Response('<p>', { status: 413 });
  const link = open(eventStream);
  link.send(say('c1'));
  await settle();
  expect(frames).toMatchObject([{ type: 'error', re: 'c1', code: 'too-long', retryable: false }]);
  world.respond = () => Promise.reject(new TypeError('no network'));
  link.send(say('c2'));
  await settle();
  expect(told).toMatchObject([{ code: 1006 }]);
});

test('the response to a command is its answer, also where it does not say so itself', async () => {
  const answers = [
    json({ type: 'error', code: 'no-such-answer', message: 'No.', retryable: false }, 404),
    json({ type: 'reply', messageId: 'm1' }, 202),
  ];
  world.respond = (url) => (url.pathname.endsWith('/events') ? stream() : answers.shift()!);
  const link = open(eventStream);
  link.send(say('c1'));
  link.send(say('c2'));
  await settle();
  expect(frames).toMatchObject([
    { type: 'error', re: 'c1', code: 'no-such-answer' },
    { type: 'reply', re: 'c2', messageId: 'm1' },
  ]);
});

test("a proxy's failure ends the link, so that the command is sent again; the server's own refuses it", async () => {
  const answers = [
    json({ type: 'error', code: 'unavailable', message: 'Not now.', retryable: true }, 503),
    new Response('<p>Bad gateway', { status: 502, headers: { 'Retry-After': '3' } }),
  ];
  world.respond = (url) => (url.pathname.endsWith('/events') ? stream() : answers.shift()!);
  const link = open(eventStream);
  link.send(say('c1'));
  await settle();
  expect([frames.at(-1), told]).toMatchObject([{ re: 'c1', code: 'unavailable' }, []]);
  link.send(say('c2'));
  await settle();
  expect(frames).toHaveLength(1);
  expect(told).toMatchObject([{ code: 1006, retryAfterMs: 3_000 }]);
});

test('a command that is not answered in time ends the link, whose connection another then gets', async () => {
  const aborted: string[] = [];
  world.respond = ({ pathname }, { signal }) => {
    signal!.addEventListener('abort', () => aborted.push(pathname.split('/').at(-1)!));
    return pathname.endsWith('/events') ? stream() : new Promise<Response>(() => {});
  };
  open(eventStream).send(say('c1'));
  await world.pass(29_000);
  expect(told).toEqual([]);
  await world.pass(1_000);
  expect(told).toMatchObject([{ code: 4002, mute: true }]);
  expect(aborted.sort()).toEqual(['commands', 'events']);
  expect(world.pendingTimers).toBe(0);
});

test('a page instead of an answer to a command ends the link, so that it is sent again', async () => {
  world.respond = (url) =>
    url.pathname.endsWith('/events') ? stream() : new Response('<p>Log in to the Wi-Fi');
  open(eventStream).send(say('c1'));
  await settle();
  expect(frames).toEqual([]);
  expect(told).toMatchObject([{ code: 1006 }]);
});

test.each([
  ['401, the token ended', () => new Response('', { status: 401 }), { code: 4010 }],
  ['the server refuses', () => json({ type: 'error', code: 'bad-room', message: 'No.' }, 400), 'bad-room'],
  ['a proxy in between answers', () => new Response('<p>', { status: 404 }), { code: 1006 }],
  [
    'asked to wait',
    () => new Response('', { status: 503, headers: { 'Retry-After': '7' } }),
    { retryAfterMs: 7_000 },
  ],
  ['a page instead of what was asked for', () => new Response('<p>Log in to the Wi-Fi'), { code: 1006 }],
  ['null', () => new Response('null', { headers: { 'Content-Type': 'application/json' } }), undefined],
])('the way in: %s', async (_, respond, expected) => {
  for (const transport of [eventStream, longPoll]) {
    told = [];
    world.respond = respond;
    const link = open(transport);
    await settle();
    link.close();
    if (expected)
      expect(told).toEqual([typeof expected === 'string' ? expected : expect.objectContaining(expected)]);
  }
});

test('an event named close ends the stream with its code', async () => {
  world.respond = () => stream('event: close\ndata: {"code":4500,"reason":"Out."}\n\n');
  open(eventStream);
  await settle();
  expect(told).toEqual([{ code: 4500, reason: 'Out.' }]);
});

test('a poll that says close is the last, and what it brought is not lost', async () => {
  const events = [joined(), { type: 'message', messageId: 'm', userId: 'a', content: 'x' }];
  world.respond = () => json({ position: 'e-2', events, close: { code: 4000, reason: 'Restart.' } });
  open(longPoll);
  await world.pass(60_000);
  expect(told.at(-1)).toEqual({ code: 4000, reason: 'Restart.' });
  expect(frames.map(({ type }) => type)).toEqual(['joined', 'message', 'other']);
  expect(world.requests).toHaveLength(1);
});

test('a ticket that is refused for now tells why, and when to come back', async () => {
  const busy = { type: 'error', code: 'server-busy', message: 'Too many people come at once.' };
  world.respond = () => json({ ...busy, retryable: true, retryAfterMs: 7_000 }, 503);
  open(websocket);
  await settle();
  expect(told).toMatchObject([
    {
      code: 1006,
      reason: busy.message,
      retryAfterMs: 7_000,
      beforeTransport: true,
      refused: { code: busy.code },
    },
  ]);
});

test('without a token each request opens with a ticket of its own', async () => {
  let tickets = 0;
  world.respond = (url) => (url.pathname.endsWith('/events') ? stream() : json({ type: 'reply' }, 202));
  const link = open(eventStream, undefined, new Credentials(base, world, undefined, () => `t${++tickets}`));
  await settle();
  link.send(say('c1'));
  await settle();
  expect(world.requests.map((request) => request.split('?')[1])).toEqual(['ticket=t1', 'ticket=t2']);
});
