import { beforeEach, expect, test, vi } from 'vitest';
import { Room } from '../../client/room.ts';
import { digest } from '../../client/digest.ts';
import { chunk, end, message, start } from './frames-of.ts';
import { FakeTransport, settle, World } from './world.ts';

let world: World;
let ws: FakeTransport;
let room: Room;

beforeEach(() => {
  world = new World();
  ws = new FakeTransport('websocket');
  room = new Room('tea', { url: 'http://mock/', transports: [ws], platform: world, token: () => 'token' });
});

const sentIds = () => ws.last.sent.map((command) => ('id' in command ? command.id : ''));

/** The outcome of a promise, without waiting for it to have one. */
async function outcome(promise: Promise<unknown>) {
  let is: unknown = 'open';
  promise.then(
    (value) => (is = value),
    (why: unknown) => (is = why),
  );
  await settle();
  return is;
}

test('a message is answered by its event', async () => {
  ws.last.join();
  const said = room.say('Tea?');
  expect(await outcome(said)).toBe('open');
  ws.last.events.frame(message('m1', { re: sentIds()[0], content: 'Tea?' }));
  expect(await said).toBe('m1');
});

test('what is said without a connection waits for one, in order', async () => {
  void room.say('one');
  void room.ask('two');
  expect(room.view.items).toMatchObject([{ content: 'one' }, { prompt: 'two', status: 'sending' }]);
  expect(ws.last.sent).toEqual([]);
  ws.last.join();
  expect(ws.last.sent).toMatchObject([{ content: 'one' }, { prompt: 'two' }]);
  await settle();
});

test('what had no answer is sent again with the same id, until it is answered', async () => {
  ws.last.join();
  const asked = room.ask('Why?');
  const [id] = sentIds();
  for (let i = 0; i < 3; i++) {
    await world.pass(20_000);
    ws.last.lose();
    await world.pass(5_000);
    ws.last.join({ recovered: true });
    expect(sentIds()).toEqual([id]);
  }
  ws.last.events.frame({ type: 'reply', re: id, answerId: 'a1', repeated: true });
  expect(await asked).toBe('a1');
  ws.last.lose();
  await world.pass(5_000);
  ws.last.join({ recovered: true });
  expect(sentIds()).toEqual([]);
});

test('a refused command rejects, and is not sent again', async () => {
  ws.last.join();
  const said = room.say('Tea?');
  ws.last.events.frame({
    type: 'error',
    re: sentIds()[0],
    code: 'rate-limited',
    message: 'Slow down.',
    retryable: true,
  });
  await expect(said).rejects.toMatchObject({ code: 'rate-limited', retryable: true });
  expect(room.view.error).toMatchObject({ code: 'rate-limited' });
  expect(room.view.items).toEqual([]);
});

test('what the server could no longer tell from a new one is given up, not said twice', async () => {
  ws.last.join();
  const said = room.say('Tea?');
  const never = expect(said).rejects.toMatchObject({ code: 'outcome-unknown' });
  ws.last.lose();
  world.isOnline = false;
  const later = room.say('Never sent before, so it may go however late.');
  await world.pass(11 * 60_000);
  world.wake();
  ws.last.join();
  await never;
  expect(ws.last.sent).toMatchObject([{ content: 'Never sent before, so it may go however late.' }]);
  expect(await outcome(later)).toBe('open');
  expect(room.view.items).toHaveLength(1);
  const why = { code: 'outcome-unknown' };
  expect(room.view).toMatchObject({ unsaid: [{ content: 'Tea?', why }], error: why });
});

test('what was given up, and turns out to have been said, is not offered again', async () => {
  ws.last.join();
  const said = room.say('Tea?');
  const [re] = sentIds();
  ws.last.lose();
  await world.pass(11 * 60_000);
  world.wake();
  ws.last.join({ recovered: true });
  await expect(said).rejects.toMatchObject({ code: 'outcome-unknown' });
  ws.last.events.frame(message('m1', { re, content: 'Tea?' }));
  expect(room.view).toMatchObject({ unsaid: [], error: undefined, items: [{ messageId: 'm1' }] });
});

test('the queue has a bound, and so has a command; what does not get in is told', async () => {
  const waiting = Array.from({ length: 100 }, (_, i) => outcome(room.say(`${i}`)));
  const why = { code: 'queue-full' };
  await expect(room.say('one more')).rejects.toMatchObject(why);
  expect(room.view).toMatchObject({ unsaid: [{ content: 'one more', why }], error: why });
  await expect(room.say('x'.repeat(200_000))).rejects.toMatchObject({ code: 'too-long' });
  expect(room.view).toMatchObject({ unsaid: [{ content: 'one more' }], error: { code: 'too-long' } });
  await Promise.all(waiting);
});

test('of a room that closes, all that has no answer is kept, and said again where it opens again', async () => {
  ws.last.join();
  const said = [room.say('one'), room.ask('two')].map(outcome);
  void room.stop('a1').catch(() => {});
  ws.last.lose(4500);
  expect(await Promise.all(said)).toMatchObject([{ code: 'closed' }, { code: 'closed' }]);
  expect(room.view.unsaid.map(({ content }) => content)).toEqual(['one', 'two']);
  await expect(room.say('three')).rejects.toMatchObject({ code: 'closed' });
  room.reconnect();
  ws.last.join();
  void room.again(room.view.unsaid[0]!.key);
  expect(ws.last.sent).toMatchObject([{ content: 'one' }]);
});

test('ids are random, so that two tabs never share one', () => {
  ws.last.join();
  for (let i = 0; i < 50; i++) void room.say('x');
  expect(new Set(sentIds()).size).toBe(50);
  for (const id of sentIds()) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
});

test('stop is answered by the end that it caused, also when a moderator stops what another asked', async () => {
  ws.last.join();
  ws.last.events.frame(start('a1', { userId: 'bob', name: 'Bob' }));
  const stopped = room.stop('a1');
  const by = { re: sentIds()[0], userId: 'bob', by: 'ana', status: 'cancelled' } as const;
  ws.last.events.frame(end('a1', '', by));
  await stopped;
  expect(room.view.answers).toMatchObject([{ status: 'cancelled', by: 'ana' }]);
});

test('typing is told now and then, and never queued', async () => {
  room.typing();
  ws.last.join();
  for (let i = 0; i < 10; i++) room.typing();
  expect(ws.last.sent).toEqual([{ type: 'typing' }]);
  await world.pass(3_000);
  room.typing();
  expect(ws.last.sent).toHaveLength(2);
});

test('a gap asks for a snapshot at once, and a server that never heals it is asked ever more rarely', async () => {
  ws.last.join();
  const asked: number[] = [];
  for (let i = 0; i < 3_600; i++) {
    const before = ws.last.resyncs;
    ws.last.events.frame(chunk('never-began', 5, 'x'));
    ws.last.events.alive();
    await world.pass(100);
    if (ws.last.resyncs > before) {
      asked.push(world.time);
      ws.last.join(); // The snapshot changes nothing.
    }
  }
  expect(asked[0]).toBeLessThan(1_000_500);
  expect(asked.length).toBeGreaterThan(4);
  expect(asked.length).toBeLessThan(14);
  expect(ws.links).toHaveLength(1);
});

test('after a gap a lost connection is resumed without since', async () => {
  ws.last.join();
  ws.last.events.frame(message('m1', { position: 'e-1' }));
  ws.last.events.frame(chunk('a1', 5, 'x'));
  ws.last.lose();
  await world.pass(1_000);
  expect(ws.last.target.since).toBeUndefined();
});

test('the view is the same object until something changes, and says what a page needs', () => {
  expect(room.view).toBe(room.view);
  expect(room.view).toMatchObject({ status: 'connecting', connected: false });
  ws.last.join();
  ws.last.events.frame(start('a1'));
  const { messages } = room.view;
  ws.last.events.frame(chunk('a1', 0, 'Be'));
  expect(room.view).toMatchObject({
    connected: true,
    transport: 'websocket',
    streaming: true,
    response: 'Be',
  });
  expect(room.view.messages).toBe(messages);
  ws.last.events.frame({
    type: 'ai-end',
    answerId: 'a1',
    status: 'complete',
    digest: digest('Be'),
    length: 2,
  });
  expect(room.view.streaming).toBe(false);
});

test('a lost connection shows what was known, and says so', async () => {
  ws.last.join();
  ws.last.events.frame(message('m1'));
  ws.last.lose();
  expect(room.view).toMatchObject({ status: 'reconnecting', connected: false, transport: undefined });
  expect(room.view.items).toHaveLength(1);
  await settle();
});

test('close rejects what waits; a room closed by the server can be tried again', async () => {
  const said = room.say('Tea?');
  ws.last.lose(4500);
  await expect(said).rejects.toMatchObject({ code: 'closed' });
  expect(room.view).toMatchObject({ status: 'closed', items: [] });
  await expect(room.say('Milk?')).rejects.toMatchObject({ code: 'closed' });
  room.reconnect();
  ws.last.join();
  expect(room.view.status).toBe('connected');
  room.close();
  expect(room.view).toMatchObject({ status: 'closed', error: undefined });
});

test('the server is found from where the page is, whatever its context root', () => {
  const base = (url?: string) => {
    const transport = new FakeTransport('websocket');
    new Room('tea', { url, transports: [transport], platform: world }).close();
    return transport.last.target.base.href;
  };
  expect(base('http://mock/app/index.html')).toBe('http://mock/app/');
  expect(() => base()).toThrow(TypeError); // There is no page here.
  vi.stubGlobal('document', { baseURI: 'http://page/root/#/tea' });
  expect([base(), base('/'), base('../x/')]).toEqual(['http://page/root/', 'http://page/', 'http://page/x/']);
  vi.unstubAllGlobals();
});
