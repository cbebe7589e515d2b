import { beforeEach, expect, test } from 'vitest';
import { Connection } from '../../client/connection.ts';
import { Credentials } from '../../client/credentials.ts';
import type { Frame } from '../../client/frames.ts';
import type { Refused } from '../../client/refused.ts';
import { FakeTransport, settle, World } from './world.ts';

let world: World;
let ws: FakeTransport;
let sse: FakeTransport;
let poll: FakeTransport;
let told: (string | Refused)[];
let frames: Frame[];
let since: string | undefined;
let connection: Connection;

function connect(credentials?: Credentials) {
  const base = new URL('http://mock/');
  connection = new Connection({
    base,
    roomId: 'tea',
    credentials: credentials ?? new Credentials(base, world, () => 'token'),
    platform: world,
    transports: [ws, sse, poll],
    resume: () => ({ since, session: undefined }),
    frame: (frame) => frames.push(frame),
    up: ({ name }) => told.push(name),
    down: (forGood) => told.push(forGood ?? 'down'),
  });
}

beforeEach(() => {
  world = new World();
  [ws, sse, poll] = [new FakeTransport('websocket'), new FakeTransport('sse'), new FakeTransport('poll')];
  [told, frames, since] = [[], [], undefined];
  connect();
});

test('a room is joined by WebSocket, and frames are passed on', () => {
  ws.last.join();
  expect(told).toEqual(['websocket']);
  expect(frames).toHaveLength(1);
});

test('where sockets do not get through it falls back, rung by rung, and begins again at the top', async () => {
  ws.last.lose();
  await world.pass(1_000);
  sse.last.lose();
  await world.pass(2_000);
  poll.last.lose();
  await world.pass(4_000);
  expect([ws.links.length, sse.links.length, poll.links.length]).toEqual([2, 1, 1]);
});

test('a link that is silent before it joined is given up after ten seconds', async () => {
  await world.pass(10_000);
  expect(ws.last.closed).toBe(true);
  await world.pass(1_000);
  expect(sse.links).toHaveLength(1);
});

test('a link that worked is opened again as it was, from where it was', async () => {
  ws.last.join();
  await world.pass(20_000);
  since = 'e-7';
  ws.last.lose();
  await world.pass(500);
  expect(ws.links).toHaveLength(2);
  expect(ws.last.target.since).toBe('e-7');
  expect(told).toEqual(['websocket', 'down']);
});

test('one that is cut soon after each join is left for the next', async () => {
  for (const _ of [1, 2]) {
    ws.last.join();
    ws.last.lose();
    await world.pass(1_000);
  }
  expect([ws.links.length, sse.links.length]).toEqual([2, 1]);
});

test('waits grow up to a bound, with jitter, and a success resets them', async () => {
  world.dice = 0.999;
  const waits: number[] = [];
  for (let i = 0; i < 9; i++) {
    const opened = () => ws.links.length + sse.links.length + poll.links.length;
    const before = opened();
    const lostAt = world.time;
    [ws, sse, poll]
      .flatMap(({ links }) => links.filter(({ closed }) => !closed))
      .at(-1)!
      .lose();
    while (opened() === before) await world.pass(1);
    waits.push(world.time - lostAt);
  }
  expect(waits.map((wait) => Math.round(wait / 500) * 500)).toEqual([
    500, 1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3, 30e3,
  ]);
  const open = [ws, sse, poll].flatMap(({ links }) => links.filter(({ closed }) => !closed)).at(-1)!;
  open.join();
  await world.pass(15_000);
  open.lose();
  const again = ws.links.length + sse.links.length + poll.links.length;
  await world.pass(500);
  expect(ws.links.length + sse.links.length + poll.links.length).toBe(again + 1);
});

test('a server that lets us in and drops us at once is not hammered', async () => {
  world.dice = 0.999;
  for (let i = 0; i < 200; i++) {
    for (const { links } of [ws, sse, poll]) {
      const open = links.filter(({ closed }) => !closed).at(-1);
      open?.join();
      open?.lose();
    }
    await world.pass(100);
  }
  expect(ws.links.length + sse.links.length + poll.links.length).toBeLessThan(12);
});

test('while the machine is offline no transport is blamed, and being online again ends the wait', async () => {
  world.isOnline = false;
  world.dice = 0.999;
  for (let i = 0; i < 4; i++) {
    ws.last.lose();
    await world.pass(10_000);
  }
  ws.last.lose();
  const before = ws.links.length;
  world.isOnline = true;
  world.wake();
  expect(ws.links.length).toBe(before + 1);
  expect(sse.links).toHaveLength(0);
});

test.each([4500, 4711, 4999])('code %i says not to come back', async (code) => {
  ws.last.join();
  ws.last.lose(code);
  await world.pass(600_000);
  world.wake();
  expect(ws.links).toHaveLength(1);
  expect(told.at(-1)).toMatchObject({ code: 'closed' });
  expect(world.pendingTimers).toBe(0);
});

test('when the token ended another is asked for, at once; if that is no good either it is over', async () => {
  const asked: boolean[] = [];
  connection.stop();
  const credentials = new Credentials(new URL('http://mock/'), world, (refused) => {
    asked.push(refused);
    return 'token';
  });
  const withTokens = [credentials.fetch(new URL('http://mock/x'), {})];
  connect(credentials);
  await Promise.all(withTokens);
  ws.last.join();
  await world.pass(20_000);
  ws.last.lose(4010);
  await world.pass(1);
  expect(ws.links).toHaveLength(3); // One of the first connection, and two.
  await credentials.fetch(new URL('http://mock/x'), {});
  expect(asked).toEqual([false, true]);
  ws.last.lose(4010);
  expect(told.at(-1)).toMatchObject({ code: 'unauthorized' });
});

test('a link is pinged every 20 s and dead after 40 s of silence', async () => {
  ws.last.join();
  ws.last.events.alive();
  await world.pass(39_000);
  expect([ws.last.pings, ws.last.closed]).toEqual([1, false]);
  ws.last.events.alive();
  await world.pass(39_000);
  expect(ws.last.closed).toBe(false);
  const [first] = ws.links;
  await world.pass(2_000);
  expect(first?.closed).toBe(true);
});

test('after a wake-up a link has five seconds to prove itself', async () => {
  ws.last.join();
  world.wake();
  expect(ws.last.pings).toBe(1);
  await world.pass(1_000);
  ws.last.events.alive();
  await world.pass(10_000);
  expect(ws.last.closed).toBe(false);
  world.wake();
  const [first] = ws.links;
  await world.pass(5_000);
  expect(first?.closed).toBe(true);
});

test('from a lower rung it climbs: the better link is joined before the other is left', async () => {
  ws.last.lose();
  await world.pass(500);
  sse.last.join();
  since = 'e-3';
  await world.pass(5_000);
  expect(ws.links).toHaveLength(2);
  expect(ws.last.target.since).toBe('e-3');
  expect(sse.last.closed).toBe(false);
  ws.last.join({ recovered: true });
  expect(sse.last.closed).toBe(true);
  expect(told).toEqual(['down', 'sse', 'websocket']);
  sse.last.events.frame({ type: 'pong' });
  await world.pass(20_000);
  ws.last.lose();
  await world.pass(500);
  expect([ws.links.length, sse.links.length]).toEqual([3, 1]); // It stays up there.
  expect(frames).toHaveLength(2); // Two joins; the old link is not listened to any more.
});

test('where climbing fails it is tried more and more rarely', async () => {
  ws.last.lose();
  await world.pass(500);
  sse.last.join();
  for (let minutes = 0; minutes < 60; minutes++) {
    for (let i = 0; i < 6; i++) {
      await world.pass(10_000);
      sse.last.events.alive();
      if (!ws.last.closed) ws.last.lose();
    }
  }
  expect(ws.links.length).toBeGreaterThan(10);
  expect(ws.links.length).toBeLessThan(20);
  expect(sse.links).toHaveLength(1);
});

const error = (code: string, more = {}) =>
  ({ type: 'error', code, message: 'No.', retryable: false, ...more }) as const;

test('a position that the server does not take is dropped, once', () => {
  connection.stop();
  since = 'nonsense';
  connect();
  ws.last.events.refused(error('bad-position'));
  expect(ws.last.resyncs).toBe(1);
  expect(told).toEqual([]);
});

test('a join that is refused for good is the end; one for now is tried again, not before the server wants', async () => {
  ws.last.events.refused(error('server-busy', { retryable: true, retryAfterMs: 9_000 }));
  await world.pass(8_900);
  expect(ws.links).toHaveLength(1);
  await world.pass(200);
  expect(ws.links).toHaveLength(2);
  ws.last.events.refused(error('bad-room'));
  expect(told.at(-1)).toMatchObject({ code: 'bad-room' });
  expect(world.pendingTimers).toBe(0);
});

test('a server that forgot that we joined is joined again, and the command is not refused', async () => {
  ws.last.join();
  await world.pass(20_000);
  ws.last.events.frame({ ...error('not-joined'), re: 'c1' });
  expect(frames).toHaveLength(1);
  await world.pass(500);
  expect(ws.links).toHaveLength(2);
});

test('after stop nothing happens any more', async () => {
  ws.last.join();
  connection.stop();
  ws.last.lose();
  world.wake();
  await world.pass(600_000);
  await settle();
  expect([ws.links.length, told, world.pendingTimers]).toEqual([1, ['websocket'], 0]);
});
