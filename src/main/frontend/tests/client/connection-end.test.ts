import { expect, test } from 'vitest';
import { scene } from './scene.ts';
import { settle } from './world.ts';

test.each([4500, 4711, 4999])('code %i says not to come back', async (code) => {
  const { world, ws, told } = scene();
  ws.last.join();
  ws.last.lose(code);
  await world.pass(600_000);
  world.wake();
  expect(ws.links).toHaveLength(1);
  expect(told.at(-1)).toMatchObject({ code: 'closed' });
  expect(world.pendingTimers).toBe(0);
});

test.each([1000, 1001, 1006, 1009, 1011, 4000, 4001, 4002, 4003, 4004, 4005, 4499])(
  'code %i says to come back, from where it was',
  async (code) => {
    const { world, told, resume, open, opened } = scene();
    open()?.join();
    await world.pass(11_000);
    resume.since = 'e-7';
    open()?.lose(code);
    expect(told).toEqual(['websocket', 'down']);
    await world.pass(500);
    expect([opened(), open()?.target.since]).toEqual([2, 'e-7']);
  },
);

test('when the token ended another is asked for, at once; if that is no good either it is over', async () => {
  const asked: boolean[] = [];
  const token = (refused: boolean) => {
    asked.push(refused);
    return 'token';
  };
  const { world, ws, told, credentials } = scene({ token });
  const use = () => credentials.fetch(new URL('http://mock/x'), {});
  await use();
  ws.last.join();
  await world.pass(20_000);
  ws.last.lose(4010);
  await world.pass(1);
  expect(ws.links).toHaveLength(2);
  await use();
  expect(asked).toEqual([false, true]);
  ws.last.lose(4010);
  expect(told.at(-1)).toMatchObject({ code: 'unauthorized' });
});

const error = (code: string, more = {}) =>
  ({ type: 'error', code, message: 'No.', retryable: false, ...more }) as const;

test('a position that the server does not take is dropped, once', () => {
  const { ws, told } = scene({ since: 'nonsense' });
  ws.last.events.refused(error('bad-position'));
  expect(ws.last.resyncs).toBe(1);
  expect(told).toEqual([]);
});

test('a join that is refused for good is the end; one for now is tried again, not before the server wants', async () => {
  const { world, ws, told } = scene();
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
  const { world, ws, frames } = scene();
  ws.last.join();
  await world.pass(20_000);
  ws.last.events.frame({ ...error('not-joined'), re: 'c1' });
  expect(frames).toHaveLength(1);
  await world.pass(500);
  expect(ws.links).toHaveLength(2);
});

test('after stop nothing happens any more', async () => {
  const { world, ws, told, connection } = scene();
  ws.last.join();
  connection.stop();
  ws.last.lose();
  world.wake();
  await world.pass(600_000);
  await settle();
  expect([ws.links.length, told, world.pendingTimers]).toEqual([1, ['websocket'], 0]);
});
