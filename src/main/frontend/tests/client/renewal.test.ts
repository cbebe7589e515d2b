import { expect, test } from 'vitest';
import type { Token } from '../../client/credentials.ts';
import { scene } from './scene.ts';
import { World } from './world.ts';

const MINUTE = 60_000;
const start = new World().time;

/** Tokens that last as long as said, one after the other; the last again and again. */
function drawer(...lives: (number | undefined)[]) {
  const asked: boolean[] = [];
  let given = 0;
  const token = (refused: boolean): Token => {
    asked.push(refused);
    const life = lives[Math.min(given++, lives.length - 1)];
    return { token: `token-${given}`, until: life === undefined ? undefined : start + life };
  };
  return { asked, token };
}

const error = (code: string, re: string | undefined) =>
  ({ type: 'error', code, re, message: 'No.', retryable: false }) as const;

type Scene = ReturnType<typeof scene>;
const shown = ({ ws }: Scene) => ws.links.flatMap(({ sent }) => sent).filter((c) => c.type === 'refresh');

/** Time in which the server shows that it is alive. */
async function pass({ world, open }: Scene, ms: number) {
  for (let left = ms; left > 0; left -= 10_000) {
    await world.pass(Math.min(left, 10_000));
    open()?.events.alive();
  }
}

test('a new token is shown on the open connection a minute before the old one ends, and again before that ends', async () => {
  const { asked, token } = drawer(10 * MINUTE, 20 * MINUTE, 30 * MINUTE);
  const here = scene({ token });
  here.ws.last.join();
  await pass(here, 8.9 * MINUTE);
  expect(shown(here)).toEqual([]);
  await pass(here, 0.2 * MINUTE);
  expect(shown(here)).toMatchObject([{ type: 'refresh', token: 'token-2' }]);
  here.ws.last.events.frame({ type: 'reply', re: shown(here)[0]!.id });
  await pass(here, 10 * MINUTE);
  expect(shown(here).map(({ token }) => token)).toEqual(['token-2', 'token-3']);
  expect(asked).toEqual([false, true, true]);
  expect([here.ws.links.length, here.told]).toEqual([1, ['websocket']]);
});

test('a token of a short life is replaced in the last quarter of it', async () => {
  const here = scene({ token: drawer(20_000, 40_000).token });
  here.ws.last.join();
  await pass(here, 14_000);
  expect(shown(here)).toHaveLength(0);
  await pass(here, 2_000);
  expect(shown(here)).toHaveLength(1);
});

test('where the callback does not say when the token ends the server is asked, and its clock may be wrong', async () => {
  const here = scene({ token: drawer(undefined).token });
  const hours = 7_200_000; // The server's clock is two hours ahead.
  here.world.respond = ({ pathname }) =>
    pathname === '/api/me'
      ? Response.json(
          { until: start + hours + 10 * MINUTE },
          { headers: { Date: new Date(start + hours).toUTCString() } },
        )
      : new Response(null, { status: 404 });
  here.ws.last.join();
  await pass(here, 8.5 * MINUTE);
  expect(shown(here)).toHaveLength(0);
  await pass(here, MINUTE);
  expect(shown(here).length).toBeGreaterThan(0);
  expect(here.world.requests.filter((request) => request === 'GET /api/me').length).toBeLessThan(4);
});

test.each([Number.NaN, -1, 0, start, start + 1, '9', null, {}])(
  'a server that says the token ends at %s makes nobody hurry',
  async (until) => {
    const { asked, token } = drawer(undefined);
    const here = scene({ token });
    here.world.respond = () => new Response(JSON.stringify({ until }));
    here.ws.last.join();
    await pass(here, 10 * MINUTE);
    expect(asked).toEqual([false]);
  },
);

test('a token that lasts for years is no reason to ask for another now', async () => {
  const { asked, token } = drawer(3e11);
  const here = scene({ token });
  here.ws.last.join();
  await pass(here, 50 * 60 * MINUTE);
  expect(asked).toEqual([false]);
});

test('a refused refresh changes nothing on the connection; another token is tried while there is time', async () => {
  const { asked, token } = drawer(10 * MINUTE, 10 * MINUTE, 30 * MINUTE);
  const here = scene({ token });
  here.ws.last.join();
  await pass(here, 9.2 * MINUTE);
  here.ws.last.events.frame(error('unauthorized', shown(here)[0]!.id));
  await pass(here, 0.5 * MINUTE);
  expect(shown(here).map(({ token }) => token)).toEqual(['token-2', 'token-3']);
  expect([here.ws.links.length, here.ws.last.closed]).toEqual([1, false]);
  expect(asked.every((refused, i) => refused === i > 0)).toBe(true);
});

test('one new token that is refused is not the end, also if it would have lasted for long', async () => {
  const { token } = drawer(10 * MINUTE, 30 * MINUTE, 31 * MINUTE, 32 * MINUTE);
  const here = scene({ token });
  await here.credentials.fetch(new URL('http://mock/x'), {});
  here.ws.last.join();
  await pass(here, 9.2 * MINUTE);
  here.ws.last.events.frame(error('unauthorized', shown(here)[0]!.id));
  await pass(here, 0.5 * MINUTE);
  expect(shown(here).map(({ token }) => token)).toEqual(['token-2', 'token-3']);
  here.ws.last.events.frame(error('unauthorized', shown(here)[1]!.id));
  await pass(here, 0.2 * MINUTE);
  expect(here.ws.last.closed).toBe(false);
  here.ws.last.lose(4010);
  await here.world.pass(1_000);
  expect([here.ws.links.length, here.told]).toEqual([2, ['websocket', 'down']]);
});

test('a server that refuses every new token is not asked all the time', async () => {
  const { asked, token } = drawer(10 * MINUTE, 60 * MINUTE);
  const here = scene({ token });
  here.ws.last.join();
  for (let tens = 0; tens < 70; tens++) {
    await pass(here, 10_000);
    for (const { id } of shown(here)) here.ws.last.events.frame(error('unauthorized', id));
  }
  expect(asked.length).toBeLessThan(9);
});

test('where there is no new token it is not asked for all the time, and what exists goes on', async () => {
  let asked = 0;
  const token = (refused: boolean): Token => {
    asked++;
    if (refused) throw new Error('The provider is away.');
    return { token: 'old', until: start + 10 * MINUTE };
  };
  const here = scene({ token });
  here.ws.last.join();
  await pass(here, 11 * MINUTE);
  expect(asked).toBeGreaterThan(2);
  expect(asked).toBeLessThan(9);
  expect([shown(here), here.ws.last.closed]).toEqual([[], false]);
});

test('a refusal that answers no refresh of ours is the answer to something else', async () => {
  const here = scene({ token: drawer(10 * MINUTE).token });
  here.ws.last.join();
  here.ws.last.events.frame(error('unauthorized', 'c1'));
  expect(here.ws.last.closed).toBe(true);
});

test('after the end no token is asked for any more', async () => {
  const { asked, token } = drawer(10 * MINUTE);
  const here = scene({ token });
  here.ws.last.join();
  here.ws.last.lose(4500);
  await here.world.pass(60 * MINUTE);
  expect(asked.length).toBeLessThanOrEqual(1);
  expect(here.world.pendingTimers).toBe(0);
});
