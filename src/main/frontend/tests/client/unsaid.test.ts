import { beforeEach, expect, test } from 'vitest';
import { Room } from '../../client/room.ts';
import { chunk, message, queued, removed, start } from './frames-of.ts';
import { FakeTransport, World } from './world.ts';

let world: World;
let ws: FakeTransport;
let room: Room;

beforeEach(() => {
  world = new World();
  ws = new FakeTransport('websocket');
  room = new Room('tea', { url: 'http://mock/', transports: [ws], platform: world, token: () => 'token' });
  ws.last.join({ you: { userId: 'ana', name: 'Ana', guest: false, role: 'moderator' } });
});

const lastId = () => (ws.last.sent.at(-1) as { id: string }).id;
const refuse = (code: string, more: { retryable: boolean; retryAfterMs?: number }) =>
  ws.last.events.frame({ type: 'error', re: lastId(), code, message: 'Slow down.', ...more });

/** Asks, and is refused. */
async function limited(prompt: string, retryAfterMs?: number) {
  const asked = room.ask(prompt);
  refuse('rate-limited', { retryable: true, retryAfterMs });
  await expect(asked).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs });
}

test('words that are refused for now are kept, with the time before which it is no use', async () => {
  await limited('Why?', 12_000);
  expect(room.view.unsaid).toMatchObject([
    { kind: 'answer', content: 'Why?', why: { code: 'rate-limited' }, notBefore: world.time + 12_000 },
  ]);
  expect(room.view.items).toEqual([]);
});

test('they are not sent again by themselves, neither after the time nor by a new connection', async () => {
  await limited('Why?', 1_000);
  const sent = ws.last.sent.length;
  await world.pass(20_000);
  expect(ws.last.sent).toHaveLength(sent);
  ws.last.lose();
  await world.pass(5_000);
  ws.last.join({ recovered: true });
  expect(ws.last.sent).toEqual([]);
  expect(room.view.unsaid).toHaveLength(1);
});

test('said again they go as the same command, once', async () => {
  await limited('Why?');
  const first = lastId();
  const again = room.again(room.view.unsaid[0]!.key);
  expect(ws.last.sent).toHaveLength(2);
  expect(ws.last.sent[1]).toEqual(ws.last.sent[0]);
  expect(room.view).toMatchObject({ unsaid: [], items: [{ prompt: 'Why?', status: 'sending' }] });
  ws.last.events.frame({ type: 'reply', re: lastId(), answerId: 'a1' });
  expect(await again).toBe('a1');
  await expect(room.again(first)).rejects.toMatchObject({ code: 'bad-id' });
});

test('words that the server had all the same are not kept, and nothing is said of a refusal', async () => {
  for (const event of [message, start, queued]) {
    const said = event === message ? room.say('Tea?') : room.ask('Why?');
    refuse('unavailable', { retryable: true });
    await expect(said).rejects.toMatchObject({ code: 'unavailable' });
    const [re, error] = [lastId(), room.view.error];
    ws.last.events.frame(event(`${re}-bob`, { re, userId: 'bob' }));
    expect(room.view).toMatchObject({ unsaid: [{ key: re }], error });
    ws.last.events.frame(event(`${re}-ana`, { re }));
    expect(room.view).toMatchObject({ unsaid: [], error: undefined });
  }
});

test('a refusal is not told any more once its words are thrown away', async () => {
  await limited('Why?');
  room.forget(lastId());
  expect(room.view.error).toBeUndefined();
});

test('what the server may have forgotten is a new command, however often it was tried', async () => {
  const asked = room.ask('Why?');
  const first = lastId();
  refuse('unavailable', { retryable: true });
  await expect(asked).rejects.toThrow();
  const heard = async (minutes: number) => {
    for (let i = 0; i < minutes * 6; i++) {
      await world.pass(10_000);
      ws.last.events.alive();
    }
  };
  await heard(5);
  const again = room.again(first);
  expect(lastId()).toBe(first);
  refuse('unavailable', { retryable: true });
  await expect(again).rejects.toThrow();
  await heard(5);
  void room.again(first);
  expect(ws.last.sent.at(-1)).toMatchObject({ type: 'ai-query', prompt: 'Why?' });
  expect(lastId()).not.toBe(first);
});

test('said again they are for whom they were for', async () => {
  for (const whom of [{ model: 'small' }, { role: 'fast' }]) {
    const asked = room.ask('Why?', whom);
    refuse('rate-limited', { retryable: true });
    await expect(asked).rejects.toMatchObject({ code: 'rate-limited' });
    void room.again(room.view.unsaid[0]!.key);
    expect(ws.last.sent.at(-1)).toMatchObject({ type: 'ai-query', prompt: 'Why?', ...whom });
  }
});

test('refused again they are kept again; forgotten they are gone', async () => {
  await limited('Why?');
  const again = room.again(room.view.unsaid[0]!.key);
  refuse('room-busy', { retryable: true });
  await expect(again).rejects.toMatchObject({ code: 'room-busy' });
  expect(room.view.unsaid).toMatchObject([{ content: 'Why?', why: { code: 'room-busy' } }]);
  room.forget(room.view.unsaid[0]!.key);
  expect(room.view.unsaid).toEqual([]);
});

test('in a closed room they are not lost by trying', async () => {
  await limited('Why?');
  ws.last.lose(4500);
  await expect(room.again(room.view.unsaid[0]!.key)).rejects.toMatchObject({ code: 'closed' });
  expect(room.view.unsaid).toHaveLength(1);
});

test('what is refused for good, and what holds no words, is not kept', async () => {
  const said = room.say('x');
  refuse('too-long', { retryable: false });
  await expect(said).rejects.toThrow();
  const stopped = room.stop('a1');
  refuse('unavailable', { retryable: true });
  await expect(stopped).rejects.toThrow();
  expect(room.view.unsaid).toEqual([]);
});

test('a server that refuses everything does not fill the memory', async () => {
  for (let i = 0; i < 130; i++) await limited(`${i}`);
  expect(room.view.unsaid.map(({ content }) => content)).toEqual(
    Array.from({ length: 100 }, (_, i) => `${i + 30}`),
  );
});

test('what was said longer ago than the snapshot shows does not stay on its way for ever', async () => {
  for (const words of ['Tea?', 'Milk?']) {
    const said = room.say(words);
    const re = lastId();
    ws.last.lose();
    await world.pass(5_000);
    ws.last.join({ history: [message('m1', { content: 'Milk?' })] });
    expect(lastId()).toBe(re);
    ws.last.events.frame({ type: 'reply', re, messageId: 'm0', repeated: true });
    expect(await said).toBe('m0');
    expect(room.view.items).toMatchObject([{ messageId: 'm1' }]);
  }
});

test('why the server does not let us in for now is told, as one thing, until it does', async () => {
  ws.last.lose();
  const [code, message] = ['rate-limited', 'You have as many connections open as you may.'];
  await world.pass(10_000);
  ws.last.events.ended({ code: 4005, reason: message }); // As a socket is told.
  const errors = new Set<unknown>([room.view.error]);
  for (let i = 0; i < 3; i++) {
    await world.pass(10_000);
    ws.last.events.refused({ type: 'error', code, message, retryable: true, retryAfterMs: 5_000 });
    errors.add(room.view.error);
  }
  expect([...errors]).toMatchObject([{ code, message, retryAfterMs: undefined }]);
  expect(room.view.status).toBe('reconnecting');
  await world.pass(10_000);
  ws.last.join();
  expect(room.view).toMatchObject({ status: 'connected', error: undefined });
});

test('what is unsaid, and would be if the room was left, is there for who keeps it, as what it was', async () => {
  await limited('Why?');
  const said = room.say('Tea?');
  ws.last.events.frame({ type: 'reply', re: lastId(), messageId: 'm1' }); // Its event is still to come.
  await said;
  const open = [room.say('Milk?'), room.ask('How?', { model: 'small' })];
  ws.last.lose();
  open.push(room.say('Bread?'));
  const before = room.view;
  const unsaid = room.unsaid();
  expect(unsaid.map(({ content, firstSent }) => [content, firstSent !== undefined])).toEqual([
    ['Why?', true],
    ['Milk?', true],
    ['How?', true],
    ['Bread?', false],
  ]);
  expect(room.view).toBe(before);
  room.close();
  expect(await Promise.allSettled(open)).toMatchObject(open.map(() => ({ status: 'rejected' })));
  expect(room.view.unsaid).toMatchObject(unsaid.map(({ why: _, ...words }) => words));
  expect(room.unsaid()).toEqual(room.view.unsaid);
});

test('a room that is left asks for nothing more', () => {
  ws.last.events.frame(chunk('never-began', 5, 'x'));
  room.close();
  expect(world.pendingTimers).toBe(0);
});

test('a moderator removes, and is answered by the event', async () => {
  ws.last.events.frame(message('m1', { userId: 'bob', name: 'Bob' }));
  const done = room.removeMessage('m1');
  expect(ws.last.sent.at(-1)).toMatchObject({ type: 'remove', messageId: 'm1' });
  ws.last.events.frame(removed({ messageId: 'm1', userId: 'ana', re: lastId() }));
  await done;
  expect(room.view.items).toEqual([]);
});

test('who is told that they may not asks what they are, and not more often than is good', async () => {
  for (let i = 0; i < 100; i++) {
    const done = room.removeAnswer('a1');
    refuse('not-allowed', { retryable: false });
    await expect(done).rejects.toMatchObject({ code: 'not-allowed' });
    await world.pass(100);
    if (ws.last.resyncs > 0)
      ws.last.join({ you: { userId: 'ana', name: 'Ana', guest: false, role: 'reader' } });
    ws.last.events.alive();
  }
  expect(room.view.you?.role).toBe('reader');
  expect(ws.last.resyncs).toBeLessThan(6);
});
