import { beforeEach, expect, test } from 'vitest';
import { askFor, type Answer } from '../../client/index.ts';
import { Room } from '../../client/room.ts';
import { chunk, end, queued, start } from './frames-of.ts';
import { FakeTransport, settle, World } from './world.ts';

let world: World;
let ws: FakeTransport;
let room: Room;

beforeEach(() => {
  world = new World();
  ws = new FakeTransport('websocket');
  room = new Room('tea', { url: 'http://mock/', transports: [ws], platform: world, token: () => 'token' });
});

const lastId = () => (ws.last.sent.at(-1) as { id: string }).id;
const models = (...names: string[]) =>
  Response.json({ models: names.map((name, i) => ({ name, role: i === 0 ? 'default' : 'fast' })) });

/** A room with an answer that was stopped. */
function stopped(): void {
  ws.last.join();
  for (const frame of [
    start('a1'),
    chunk('a1', 0, 'Be'),
    end('a1', 'Be', { status: 'cancelled', by: 'ana' }),
  ])
    ws.last.events.frame(frame);
}

test('a question that waits is answered by that, and is in line until it begins', async () => {
  ws.last.join();
  ws.last.events.frame(start('a0', { userId: 'bob' }));
  const asked = room.ask('Why?', { model: 'small' });
  expect(ws.last.sent).toMatchObject([{ type: 'ai-query', prompt: 'Why?', model: 'small' }]);
  ws.last.events.frame(queued('a1', { re: lastId() }));
  expect(await asked).toBe('a1');
  expect(room.view).toMatchObject({
    items: [{ answerId: 'a0' }],
    waiting: [{ answerId: 'a1', place: 1, userId: 'ana' }],
  });
  ws.last.events.frame(start('a1'));
  expect(room.view).toMatchObject({ waiting: [], answers: [{}, { answerId: 'a1', status: 'running' }] });
});

test("another's question that waits is not the answer to ours, although the ids are alike", async () => {
  ws.last.join();
  const asked = room.ask('Why?');
  ws.last.events.frame(queued('b1', { re: lastId(), userId: 'bob', name: 'Bob' }));
  ws.last.events.frame(queued('a1', { re: lastId() }));
  expect(await asked).toBe('a1');
});

test('places follow from who runs and who waits', () => {
  ws.last.join();
  for (const [id, userId] of [
    ['a1', 'ana'],
    ['a2', 'ana'],
    ['b1', 'bob'],
  ] as const)
    ws.last.events.frame(queued(id, { userId }));
  const inLine = () => room.view.waiting.map(({ answerId }) => answerId);
  expect(inLine()).toEqual(['a1', 'b1', 'a2']);
  ws.last.events.frame(start('a1'));
  expect(inLine()).toEqual(['b1', 'a2']);
  const before = room.view.waiting;
  ws.last.events.frame(chunk('a1', 0, 'x'));
  expect(room.view.waiting).toBe(before);
});

test('withdrawing is answered by the end of what never began, also for a moderator', async () => {
  ws.last.join();
  ws.last.events.frame(queued('b1', { userId: 'bob', name: 'Bob' }));
  const done = room.withdraw('b1');
  expect(ws.last.sent).toMatchObject([{ type: 'ai-withdraw', answerId: 'b1' }]);
  ws.last.events.frame(end('b1', '', { status: 'cancelled', userId: 'bob', by: 'ana', re: lastId() }));
  await done;
  expect(room.view.waiting).toEqual([]);
});

test('another answer, and the rest of one, are questions with what they come from', async () => {
  stopped();
  const another = room.regenerate('a1', { model: 'large' });
  expect(ws.last.sent.at(-1)).toMatchObject({ type: 'ai-regenerate', answerId: 'a1', model: 'large' });
  const shown = (): Answer | undefined => room.view.answers.at(-1);
  expect(shown()).toMatchObject({ prompt: 'Why?', status: 'sending', regenerates: 'a1', model: 'large' });
  ws.last.events.frame(start('a2', { re: lastId(), regenerates: 'a1' }));
  expect(await another).toBe('a2');
  const rest = room.continueAnswer('a1');
  expect(ws.last.sent.at(-1)).toMatchObject({ type: 'ai-continue', answerId: 'a1' });
  expect(shown()).toMatchObject({ prompt: 'Why?', status: 'sending', continues: 'a1' });
  ws.last.events.frame({ type: 'reply', re: lastId(), answerId: 'a3' });
  expect(await rest).toBe('a3');
  ws.last.events.frame(start('a3', { continues: 'a1' }));
  expect(room.view.answers).toHaveLength(3);
});

test.each([
  ['ask', () => room.ask('Why?', { model: 'large' })],
  ['regenerate', () => room.regenerate('a1', { model: 'large' })],
  ['continueAnswer', () => room.continueAnswer('a1')],
  ['withdraw', () => room.withdraw('a1')],
  ['stop', () => room.stop('a1')],
] as const)('%s that got no answer is the same command again, until it has one', async (_, act) => {
  stopped();
  const done = act();
  const first = ws.last.sent.at(-1);
  for (let i = 0; i < 2; i++) {
    await world.pass(20_000);
    ws.last.lose();
    await world.pass(5_000);
    ws.last.join({ recovered: true });
    expect(ws.last.sent).toEqual([first]);
  }
  ws.last.events.frame({ type: 'reply', re: lastId(), answerId: 'a9', repeated: true });
  await done;
  ws.last.lose();
  await world.pass(5_000);
  ws.last.join({ recovered: true });
  expect(ws.last.sent).toEqual([]);
});

test('what is refused for now is asked again as what it was', async () => {
  stopped();
  for (const act of [() => room.regenerate('a1', { model: 'large' }), () => room.continueAnswer('a1')]) {
    const refused = act();
    const { id, ...first } = ws.last.sent.at(-1) as { id: string };
    const [code, message] = ['room-budget', 'Enough for today.'];
    ws.last.events.frame({ type: 'error', re: id, code, message, retryable: true, retryAfterMs: 5_000 });
    await expect(refused).rejects.toMatchObject({ code });
    expect(room.view.unsaid).toMatchObject([{ content: 'Why?', notBefore: world.time + 5_000 }]);
    const again = room.again(room.view.unsaid[0]!.key);
    const { id: another, ...second } = ws.last.sent.at(-1) as { id: string };
    expect([second, another]).toEqual([first, id]);
    ws.last.events.frame({ type: 'reply', re: another, answerId: 'a5' });
    expect(await again).toBe('a5');
  }
});

test.each([
  ['from its end, also for whoever hears of it late', -15_000, 5_000],
  ['from when it was told, where the server is ahead of our clock', 15_000, 20_000],
  ['from when it was told, where that is all there is', undefined, 20_000],
])('how long to wait after a failure counts %s', (_, ended, wait) => {
  ws.last.join();
  ws.last.events.frame(start('a1'));
  const failed = { status: 'failed', code: 'model-resting', message: 'It rests.', retryable: true } as const;
  const time = ended === undefined ? undefined : world.time + ended;
  ws.last.events.frame(end('a1', '', { ...failed, time, retryAfterMs: 20_000 }));
  expect(room.view.answers).toMatchObject([{ retryable: true, notBefore: world.time + wait }]);
});

test('the models are told once, the default first; where they are not to be had the next connection asks', async () => {
  world.respond = () => new Response('<p>Not now</p>', { status: 503 });
  ws.last.join();
  await settle();
  expect(room.view.models).toEqual([]);
  world.respond = () =>
    Response.json({ model: 'large', models: [{ name: 'small' }, {}, 7, { name: 'large', role: 'fast' }] });
  ws.last.lose();
  await world.pass(1_000);
  ws.last.join();
  await settle();
  expect(room.view.models.map(({ name }) => name)).toEqual(['large', 'small']);
  const asked = () => world.requests.filter((request) => request === 'GET /api/about').length;
  expect(asked()).toBe(2);
  ws.last.lose();
  await world.pass(1_000);
  ws.last.join();
  await settle();
  expect(asked()).toBe(2);
});

test('a model that is only there for something is among them, and asked by that', async () => {
  const roles = { default: 'large', fast: 'hidden', translation: 'large', odd: 7 };
  world.respond = () =>
    Response.json({ model: 'large', models: [{ name: 'large', role: 'default' }], roles });
  ws.last.join();
  await settle();
  expect(room.view.models).toEqual([
    { name: 'large', role: 'default' },
    { name: 'hidden', role: 'fast' },
  ]);
  void room.ask('Why?', askFor(room.view.models[1]!));
  expect(ws.last.sent.at(-1)).toEqual({ type: 'ai-query', id: lastId(), prompt: 'Why?', role: 'fast' });
});

test('a default that has no name to be asked by is there once, and first', async () => {
  const roles = { default: 'hidden', fast: 'hidden', translation: 'hidden' };
  world.respond = () => Response.json({ model: 'hidden', models: [{ name: 'small' }], roles });
  ws.last.join();
  await settle();
  expect(room.view.models).toEqual([
    { name: 'hidden', role: 'default' },
    { name: 'small', role: '' },
  ]);
  expect(room.view.models.map(askFor)).toEqual([{ role: 'default' }, { model: 'small' }]);
});

test('a model that is not there any more makes it look anew', async () => {
  world.respond = () => models('large', 'gone');
  ws.last.join();
  await settle();
  world.respond = () => models('large');
  const asked = room.ask('Why?', { model: 'gone' });
  const error = { code: 'no-such-model', message: 'No.', retryable: false };
  ws.last.events.frame({ type: 'error', re: lastId(), ...error });
  await expect(asked).rejects.toMatchObject({ code: 'no-such-model' });
  await settle();
  expect(room.view.models).toEqual([{ name: 'large', role: 'default' }]);
});
