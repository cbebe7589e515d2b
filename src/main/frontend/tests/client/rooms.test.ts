import { beforeEach, expect, test } from 'vitest';
import type { Refused } from '../../client/refused.ts';
import { Rooms } from '../../client/rooms.ts';
import { World } from './world.ts';

let world: World;
let rooms: Rooms;
let tokens: boolean[];
let bodies: unknown[];

beforeEach(() => {
  world = new World();
  tokens = [];
  bodies = [];
  const token = (refused: boolean) => {
    tokens.push(refused);
    return refused ? 'new' : 'old';
  };
  rooms = new Rooms({ url: 'http://mock/app/', token, platform: world });
});

const answer = (body: unknown, status = 200) => {
  world.respond = (_, init) => {
    if (typeof init.body === 'string') bodies.push(JSON.parse(init.body));
    return status === 204 ? new Response(null, { status }) : Response.json(body, { status });
  };
};

test('each wish is one request below the context root', async () => {
  answer({ roomId: '~k2', private: true, title: 'Budget', role: 'owner', rooms: [], people: [] });
  await rooms.mine();
  expect(await rooms.create('Budget')).toEqual({
    roomId: '~k2',
    private: true,
    title: 'Budget',
    role: 'owner',
  });
  await rooms.look('~k2');
  answer(undefined, 204);
  await rooms.admit('~k2', 'ben/../x y', 'reader');
  await rooms.dismiss('~k2', 'ben');
  await rooms.end('~k2');
  expect(world.requests).toEqual([
    'GET /app/api/rooms',
    'POST /app/api/rooms',
    'GET /app/api/rooms/~k2',
    'PUT /app/api/rooms/~k2/people/ben%2F..%2Fx%20y',
    'DELETE /app/api/rooms/~k2/people/ben',
    'DELETE /app/api/rooms/~k2',
  ]);
  expect(bodies).toEqual([{ title: 'Budget' }, { role: 'reader' }]);
});

test('what the AI is told in a room is read, changed and removed', async () => {
  answer({ instructions: 'Rhyme.' });
  expect(await rooms.instructions('~k2')).toBe('Rhyme.');
  answer({});
  expect(await rooms.instructions('~k2')).toBe('');
  answer(undefined, 204);
  await rooms.instruct('~k2', 'Answer in prose.');
  await rooms.instruct('~k2', '');
  expect(world.requests.slice(2)).toEqual([
    'PUT /app/api/rooms/~k2/instructions',
    'DELETE /app/api/rooms/~k2/instructions',
  ]);
  expect(bodies).toEqual([{ instructions: 'Answer in prose.' }]);
});

test.each(['.', '..', ''])('removing somebody called "%s" cannot become closing the room', async (userId) => {
  answer(undefined, 204);
  await expect(rooms.dismiss('~k2', userId)).rejects.toMatchObject({ code: 'bad-name' });
  expect(world.requests).toEqual([]);
});

test('a refusal is what the server says; an old token is replaced once', async () => {
  answer({ type: 'error', code: 'not-allowed', message: 'Not for you.', retryable: false }, 403);
  await expect(rooms.look('~k2')).rejects.toMatchObject({ code: 'not-allowed', message: 'Not for you.' });
  answer({ type: 'error', code: 'unauthorized', message: 'Who?', retryable: false }, 401);
  await expect(rooms.mine()).rejects.toMatchObject({ code: 'unauthorized' });
  expect(tokens).toEqual([false, true]);
  world.respond = () => Promise.reject(new TypeError('no network'));
  await expect(rooms.mine()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
});

test('where there is no token now, people read a sentence, and programs find why', async () => {
  const cause = new TypeError('Failed to fetch');
  const away = new Rooms({ url: 'http://mock/', token: () => Promise.reject(cause), platform: world });
  const problem = (await away.mine().catch((why: unknown) => why)) as Refused;
  expect(problem).toMatchObject({ code: 'unavailable', retryable: true, cause });
  expect(problem.message).not.toContain('fetch');
});

test.each([null, [], 'x', { rooms: 7 }, { rooms: [null, {}, { roomId: 7 }, { roomId: '' }] }])(
  'a server that lists %j lists nothing',
  async (body) => {
    answer(body);
    expect(await rooms.mine()).toEqual([]);
  },
);

test('what is left is read for what it is, and nothing else', async () => {
  answer({
    userId: 'ana',
    name: 'Ana',
    left: { questions: { left: 3, limit: 20, perMs: 60_000 }, x: null, y: { left: '9' } },
  });
  expect((await rooms.me()).left).toEqual({ questions: { left: 3, limit: 20, perMs: 60_000 } });
  answer({ left: 'all' });
  expect(await rooms.me()).toEqual({ userId: '', name: '', left: {} });
});

test('a role that nobody knows gives no more than reading', async () => {
  answer({
    roomId: 'tea',
    role: 'emperor',
    people: [{ userId: 'ben', role: 'emperor' }, { role: 'owner' }, 7],
  });
  expect(await rooms.look('tea')).toMatchObject({
    role: 'reader',
    people: [{ userId: 'ben', role: 'none' }],
  });
});

test('what a room used today is asked below the room, and what is no number is none', async () => {
  answer({ tokensToday: 1_200, limit: 5_000 });
  expect(await rooms.usage('~k2')).toEqual({ tokensToday: 1_200, limit: 5_000 });
  expect(world.requests).toEqual(['GET /app/api/rooms/~k2/usage']);
  answer({ tokensToday: '7', limit: -1 });
  expect(await rooms.usage('tea')).toEqual({ tokensToday: 0, limit: undefined });
  await expect(rooms.usage('..')).rejects.toMatchObject({ code: 'bad-room' });
});
