import { beforeEach, expect, test } from 'vitest';
import { Credentials } from '../../client/credentials.ts';
import type { Frame } from '../../client/frames.ts';
import { longPoll } from '../../client/long-poll.ts';
import type { Target } from '../../client/transport.ts';
import { joined, World } from './world.ts';

let world: World;
let frames: Frame[];
let told: string[];

beforeEach(() => {
  world = new World();
  [frames, told] = [[], []];
});

function poll(from: Partial<Target> = {}) {
  const base = new URL('http://mock/app/');
  const credentials = new Credentials(base, world, () => 'tok');
  return longPoll.open(
    { base, roomId: 'täa', since: undefined, session: undefined, credentials, platform: world, ...from },
    {
      alive: () => {},
      ready: () => told.push('ready'),
      frame: (frame) => frames.push(frame),
      refused: ({ code }) => told.push(code),
      ended: ({ reason }) => told.push(reason),
    },
  );
}

const json = (body: unknown) => Response.json(body);

/** A response that never comes, until the request is given up. */
const never = (init: RequestInit) =>
  new Promise<Response>((_, reject) =>
    init.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );

test('a poll begins at once, then waits, goes on from where it was and keeps its session', async () => {
  const bodies = [
    { position: 'e-1', session: 's1', events: [joined({ session: 's1', position: 'e-1' })] },
    { position: 'e-2', events: [{ type: 'message', messageId: 'm', userId: 'a', content: 'x' }] },
  ];
  world.respond = (_, init) => (bodies.length > 0 ? json(bodies.shift()) : never(init));
  const link = poll();
  await world.pass(100);
  expect(world.requests).toEqual([
    'GET /app/api/rooms/t%C3%A4a/events?wait=0',
    'GET /app/api/rooms/t%C3%A4a/events?since=e-1&session=s1&told=ok&presence=1&role=member&wait=25000',
    'GET /app/api/rooms/t%C3%A4a/events?since=e-2&session=s1&told=ok&presence=1&role=member&wait=25000',
  ]);
  expect(told).toEqual(['ready']);
  // The position of the whole is a frame of its own, for a room that goes on by another transport.
  expect(frames.at(-1)).toEqual({ type: 'other', position: 'e-2' });
  link.close();
});

test('a poll says how the server before was, also of one by another transport', async () => {
  const bodies = [
    { position: 'e-1', events: [{ type: 'status', state: 'degraded', message: 'Soon.' }] },
    { position: 'e-1', events: [{ type: 'status', state: 'ok' }] },
    { position: 'e-1', events: [] },
  ];
  world.respond = (_, init) => (bodies.length > 0 ? json(bodies.shift()) : never(init));
  const link = poll({ since: 'e-1', told: 'draining' });
  await world.pass(10_000);
  expect(world.requests.map((request) => /told=(\w+)/.exec(request)![1])).toEqual([
    'draining',
    'degraded',
    'ok',
    'ok',
  ]);
  link.close();
});

test('a poll says what it has of who is here and of what we may do, since an answer may be lost on its way', async () => {
  const bodies = [
    { position: 'e-1', events: [{ type: 'presence', presence: 8, count: 1, joined: [], left: [] }] },
    { position: 'e-1', events: [{ type: 'presence', presence: 5, count: 1, joined: [], left: [] }] },
    { position: 'e-1', events: [{ type: 'you', userId: 'a', name: 'A', guest: false, role: 'reader' }] },
  ];
  world.respond = (_, init) => (bodies.length > 0 ? json(bodies.shift()) : never(init));
  const link = poll({ since: 'e-1', presence: 7, role: 'member' });
  await world.pass(10_000);
  expect(world.requests.map((request) => /presence=(\w+&role=\w+)/.exec(request)![1])).toEqual([
    '7&role=member',
    '8&role=member',
    '8&role=member',
    '8&role=reader',
  ]);
  link.close();
});

test('a server that answers empty polls at once is not asked in a hot loop', async () => {
  world.respond = () => json({ position: 'e-1', events: [] });
  const link = poll({ since: 'e-1' });
  await world.pass(60_000);
  expect(world.requests.length).toBeLessThan(65);
  link.close();
  expect(world.pendingTimers).toBe(0);
});
