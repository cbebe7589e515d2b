import { expect, test } from 'vitest';
import { scene } from './scene.ts';

test('a room is joined by WebSocket, and frames are passed on', () => {
  const { ws, told, frames } = scene();
  ws.last.join();
  expect(told).toEqual(['websocket']);
  expect(frames).toHaveLength(1);
});

test('where sockets do not get through it falls back, rung by rung, and begins again at the top', async () => {
  const { world, ws, sse, poll } = scene();
  ws.last.lose();
  await world.pass(1_000);
  sse.last.lose();
  await world.pass(2_000);
  poll.last.lose();
  await world.pass(4_000);
  expect([ws.links.length, sse.links.length, poll.links.length]).toEqual([2, 1, 1]);
});

test('a link that is silent before it joined is given up after ten seconds', async () => {
  const { world, ws, sse } = scene();
  await world.pass(10_000);
  expect(ws.last.closed).toBe(true);
  await world.pass(1_000);
  expect(sse.links).toHaveLength(1);
});

test('a link that worked is opened again as it was, from where it was', async () => {
  const { world, ws, told, resume } = scene();
  ws.last.join();
  await world.pass(20_000);
  resume.since = 'e-7';
  ws.last.lose();
  await world.pass(500);
  expect(ws.links).toHaveLength(2);
  expect(ws.last.target.since).toBe('e-7');
  expect(told).toEqual(['websocket', 'down']);
});

test('one that is cut soon after each join is left for the next', async () => {
  const { world, ws, sse } = scene();
  for (const _ of [1, 2]) {
    ws.last.join();
    ws.last.lose();
    await world.pass(1_000);
  }
  expect([ws.links.length, sse.links.length]).toEqual([2, 1]);
});

test('one that can be read from but not written to is left for the next, however long it lasted', async () => {
  const { world, ws, sse, poll } = scene();
  ws.last.lose();
  await world.pass(500);
  sse.last.join();
  await world.pass(11_000);
  sse.last.events.ended({ code: 4002, reason: '', mute: true });
  await world.pass(500);
  expect([sse.links.length, poll.links.length]).toEqual([1, 1]);
});

test('waits grow up to a bound, with jitter, and a success resets them', async () => {
  const { world, opened, open } = scene();
  world.dice = 0.999;
  const waits: number[] = [];
  for (let i = 0; i < 27; i++) {
    const before = opened();
    const lostAt = world.time;
    open()?.lose();
    while (opened() === before) await world.pass(1);
    waits.push(world.time - lostAt);
  }
  const rounded = waits.map((wait) => Math.round(wait / 500) * 500);
  // After each round through the three transports; in a round the next one is tried soon, since it may be the one that works.
  expect(rounded.filter((_, i) => i % 3 === 2)).toEqual([500, 1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3, 30e3]);
  expect(new Set(rounded.filter((_, i) => i % 3 !== 2))).toEqual(new Set([500]));
  open()?.join();
  await world.pass(4_000);
  open()?.events.alive();
  await world.pass(11_000);
  open()?.lose();
  const again = opened();
  await world.pass(500);
  expect(opened()).toBe(again + 1);
});

test('a server that lets us in and drops us at once is not hammered', async () => {
  const { world, opened, open } = scene();
  world.dice = 0.999;
  for (let i = 0; i < 200; i++) {
    open()?.join();
    open()?.lose();
    await world.pass(100);
  }
  expect(opened()).toBeLessThan(12);
});

test('while the machine is offline no transport is blamed, and being online again ends the wait', async () => {
  const { world, ws, sse } = scene();
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

test('a link is pinged every 20 s, and dead after 40 s of silence once it does not answer another ping', async () => {
  const { world, ws } = scene();
  ws.last.join();
  ws.last.events.alive();
  await world.pass(39_000);
  expect([ws.last.pings, ws.last.closed]).toEqual([1, false]);
  ws.last.events.alive();
  await world.pass(39_000);
  expect(ws.last.closed).toBe(false);
  const [first] = ws.links;
  await world.pass(2_000);
  expect(first?.closed).toBe(false);
  await world.pass(5_000);
  expect(first?.closed).toBe(true);
});

test('in a hidden tab, whose timers run once a minute, a link that answers is kept', async () => {
  const { world, ws } = scene();
  ws.last.join();
  ws.last.ping = () => {
    world.timersEvery = 1; // The network is as fast as ever.
    world.setTimeout(ws.last.events.alive, 50);
    world.timersEvery = 60_000;
    return true;
  };
  ws.last.ping();
  for (let minutes = 0; minutes < 20; minutes++) await world.pass(60_000);
  expect([ws.links.length, ws.last.closed]).toEqual([1, false]);
});

test('after a wake-up a link has five seconds to prove itself', async () => {
  const { world, ws } = scene();
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

test('a link that cannot be asked for a sign of life is not doubted after a wake-up', async () => {
  const { world, ws } = scene();
  ws.last.answersPings = false;
  ws.last.join();
  await world.pass(1_000);
  world.wake();
  await world.pass(38_000);
  expect(ws.last.closed).toBe(false);
});

test('where the link below is lost while a better one is tried, there is one link in the end', async () => {
  const { world, ws, sse, poll, opened } = scene();
  ws.last.lose();
  await world.pass(500);
  sse.last.join();
  await world.pass(5_000);
  sse.last.lose();
  ws.last.join({ recovered: true });
  await world.pass(30_000);
  expect(opened()).toBe(3);
  expect([ws, sse, poll].flatMap(({ links }) => links.filter(({ closed }) => !closed))).toEqual([ws.last]);
});

test('from a lower rung it climbs: the better link is joined before the other is left', async () => {
  const { world, ws, sse, told, frames, resume } = scene();
  ws.last.lose();
  await world.pass(500);
  sse.last.join();
  resume.since = 'e-3';
  await world.pass(5_000);
  expect(ws.links).toHaveLength(2);
  expect(ws.last.target.since).toBe('e-3');
  expect(sse.last.closed).toBe(false);
  ws.last.join({ recovered: true });
  expect(sse.last.closed).toBe(true);
  expect(told).toEqual(['down', 'sse', 'websocket']);
  sse.last.events.frame({ type: 'pong' });
  await world.pass(20_000);
  expect(ws.links).toHaveLength(2);
  ws.last.lose();
  await world.pass(500);
  expect([ws.links.length, sse.links.length]).toEqual([3, 1]); // It stays up there.
  expect(frames).toHaveLength(2); // Two joins; the old link is not listened to any more.
});

test('where climbing fails it is tried more and more rarely', async () => {
  const { world, ws, sse } = scene();
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
