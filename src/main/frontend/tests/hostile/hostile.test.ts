import { describe, expect, test } from 'vitest';
import type { Transport } from '../../client/index.ts';
import { CuttingProxy } from '../mock/proxy.mjs';
import { complete, enter, keep, serve, transports, until } from './setting.ts';

const words = Array.from({ length: 60 }, (_, i) => `Wort ${i} mit Grüßen 🌱漢字, `);
const text = words.join('');

type Server = Awaited<ReturnType<typeof serve>>;
type Frame = Record<string, unknown> & { type: string };

/** Lets what was sent so far arrive, or not. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Asks, and writes the answer piece by piece, doing `between` before each. */
async function answer(server: Server, between: (i: number) => unknown = () => {}) {
  const tea = server.room('tea');
  tea.command(
    { type: 'ai-query', id: 'q', prompt: 'Why?' },
    { person: { userId: 'bob', name: 'Bob' } },
    server.model,
  );
  const answerId = [...tea.answers.keys()][0] as string;
  for (const [i, word] of words.entries()) {
    await between(i);
    tea.write(answerId, word);
    await turn();
  }
  tea.end(answerId);
}

describe.each(transports)('over %s', (_, transport: Transport) => {
  const ways = [transport];

  test('cut at any byte, again and again, the answer is whole and stands there once', async () => {
    const server = await serve();
    const proxy = await keep(new CuttingProxy(server.url)).listen();
    const room = enter(proxy.url, ways);
    await until(room, ({ connected }) => connected);
    await answer(server, async (i) => {
      if (i % 6 !== 3) return;
      await until(room, ({ connected }) => connected);
      proxy.cutAfter = (i * 37) % 211;
    });
    const { answers, items } = await until(room, complete);
    expect(proxy.cuts).toBeGreaterThan(3);
    expect(items).toHaveLength(1);
    expect(answers[0]?.text).toBe(text);
  });

  test('pulled out altogether and put back, it goes on where it was', async () => {
    const server = await serve();
    const proxy = await keep(new CuttingProxy(server.url)).listen();
    const room = enter(proxy.url, ways);
    await until(room, ({ connected }) => connected);
    await answer(server, async (i) => {
      if (i % 20 === 10) {
        await until(room, ({ response }) => response.length > 0);
        proxy.cut();
        await until(room, ({ status }) => status === 'reconnecting');
      }
      if (i % 20 === 15) proxy.down = false;
    });
    expect((await until(room, complete)).response).toBe(text);
  });

  const tricks: Record<string, (frame: Frame, send: (frame: unknown) => void, i: number) => void> = {
    'says everything twice': (frame, send) => [frame, frame].forEach(send),
    'sends what is no frame': (frame, send) => {
      for (const junk of [
        '{"type":"ai-chunk"',
        'null',
        '[]',
        '"x"',
        '{"type":7}',
        '{"type":"ai-chunk","at":-1}',
      ])
        send(junk);
      send(`{"type":"later","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`);
      send(frame);
    },
    'loses a frame now and then': (frame, send, i) =>
      frame.type === 'ai-chunk' && i % 9 === 4 ? undefined : send(frame),
    'sends frames of megabytes': (frame, send, i) => {
      if (i % 20 === 3) send({ type: 'later', x: 'x'.repeat(3_000_000) });
      send(frame);
    },
    'says other words for what it said': (frame, send, i) => {
      if (frame.type === 'ai-chunk' && i % 15 === 7)
        send({ ...frame, content: String(frame.content).toUpperCase() });
      send(frame);
    },
    'sends old chunks again': (() => {
      const old: Frame[] = [];
      return (frame, send) => {
        send(frame);
        if (frame.type === 'ai-chunk') old.push({ ...frame, position: undefined });
        old.filter((_, i) => i % 5 === 0).forEach(send);
      };
    })(),
    'changes the order': (() => {
      let held: Frame | undefined;
      return (frame, send, i) => {
        if (frame.type === 'ai-chunk' && i % 8 === 2) {
          held = frame;
          return;
        }
        send(frame);
        if (held) send(held);
        held = undefined;
      };
    })(),
  };

  test.each(Object.entries(tricks))('a server that %s', async (name, trick) => {
    const server = await serve();
    let i = 0;
    const plain = new Set(['joined', 'presence', 'reply', 'ai-end', 'ai-start']);
    const everything = name === 'says everything twice';
    const tricked = new Set<string>();
    server.mischief = (frame: Frame, send: (frame: unknown) => void) => {
      if (plain.has(frame.type) && !everything) return send(frame);
      tricked.add(frame.type);
      trick(frame, send, i++);
    };
    const room = enter(server.url, ways);
    await until(room, ({ connected }) => connected);
    const torn: string[] = [];
    const stop = room.subscribe(() => {
      for (const { text: shown, status } of room.view.answers) {
        if (status === 'complete' && shown !== text) torn.push(shown);
      }
    });
    await answer(server);
    const { items, answers } = await until(room, complete);
    stop();
    expect(torn).toEqual([]);
    expect(items).toHaveLength(1);
    expect(answers[0]?.text).toBe(text);
    const least = ['ai-chunk', ...(everything ? ['joined', 'ai-start', 'ai-end'] : [])];
    expect([...tricked]).toEqual(expect.arrayContaining(least));
  });

  test('what one says and asks is there once at all times, where a server says everything twice', async () => {
    const server = await serve();
    const twice = (frame: Frame, send: (frame: unknown) => void) => [frame, frame].forEach(send);
    server.mischief = twice;
    const room = enter(server.url, ways);
    await until(room, ({ connected }) => connected);
    const doubled: string[][] = [];
    const stop = room.subscribe(() => {
      const shown = room.view.items.map((item) => (item.kind === 'message' ? item.content : item.prompt));
      if (new Set(shown).size < shown.length) doubled.push(shown);
    });
    const asked = await room.ask('Why?');
    server.room('tea').end(asked);
    server.mischief = () => {}; // So that it is said again, and answered by a reply.
    server.deaf = true;
    const said = room.say('Tea?');
    await expect.poll(() => server.room('tea').log.length).toBe(3);
    server.mischief = twice;
    server.deaf = false;
    server.cut();
    await said;
    const { items } = await until(room, ({ messages }) => messages.some(({ sending }) => !sending));
    stop();
    expect(doubled).toEqual([]);
    expect(items).toMatchObject([
      { prompt: 'Why?', status: 'complete' },
      { content: 'Tea?', sending: false },
    ]);
  });

  test('positions that lie cost a snapshot at most', async () => {
    const server = await serve();
    const proxy = await keep(new CuttingProxy(server.url)).listen();
    const room = enter(proxy.url, ways);
    await until(room, ({ connected }) => connected);
    const { epoch } = server.room('tea');
    server.mischief = (frame: Frame, send: (frame: unknown) => void) =>
      send(frame.type === 'ai-chunk' ? { ...frame, position: `${epoch}-999999` } : frame);
    await answer(server, async (i) => {
      if (i !== 30) return;
      await until(room, ({ response }) => response.length > 0);
      server.mischief = (frame: Frame, send: (frame: unknown) => void) => send(frame);
      proxy.cut();
      await until(room, ({ status }) => status === 'reconnecting');
      proxy.down = false;
    });
    expect((await until(room, complete)).response).toBe(text);
  });

  test('a server that begins anew in the middle shows what is there now', async () => {
    const server = await serve();
    const room = enter(server.url, ways);
    await until(room, ({ connected }) => connected);
    server
      .room('tea')
      .command({ type: 'message', id: 'x', content: 'Before' }, { person: { userId: 'b', name: 'B' } });
    await until(room, ({ messages }) => messages.length === 1);
    server.room('tea').restart();
    server.cut();
    await until(room, ({ messages, connected }) => connected && messages.length === 0);
    await answer(server);
    expect((await until(room, complete)).response).toBe(text);
  });

  test('what was said while the answer to it got lost is said once', async () => {
    const server = await serve();
    const room = enter(server.url, ways);
    await until(room, ({ connected }) => connected);
    server.mischief = () => {}; // Nothing comes back any more.
    server.deaf = true;
    const said = room.say('Tea?');
    await expect.poll(() => server.room('tea').log.length).toBe(1);
    server.mischief = (frame: Frame, send: (frame: unknown) => void) => send(frame);
    server.deaf = false;
    server.cut();
    expect(await said).toBe(server.room('tea').log[0].messageId);
    const { items } = await until(room, ({ messages }) => messages.some(({ sending }) => !sending));
    expect(items).toMatchObject([{ content: 'Tea?', sending: false }]);
    expect(server.room('tea').log).toHaveLength(1);
  });

  test('two people see the same, and each other', async () => {
    const server = await serve();
    const ana = enter(server.url, ways);
    const bob = enter(server.url, ways, 'Bob');
    await until(bob, ({ members }) => members.length === 2);
    await until(ana, ({ members }) => members.length === 2);
    await ana.say('Tea?');
    await until(bob, ({ messages }) => messages.length === 1);
    const asked = await bob.ask('Why?');
    await until(ana, ({ streaming }) => streaming);
    server.room('tea').write(asked, 'Because');
    for (const reader of [ana, bob]) await until(reader, ({ response }) => response === 'Because');
    const keys = (room: typeof ana) =>
      room.view.items.map((item) => (item.kind === 'message' ? item.content : item.text));
    expect(keys(ana)).toEqual(keys(bob));
    await bob.stop(asked);
    await until(ana, ({ answers }) => answers[0]?.status === 'cancelled');
  });

  test('refusals reach the one who asked', async () => {
    const server = await serve();
    const room = enter(server.url, ways);
    await expect(room.say('/refuse')).rejects.toMatchObject({ code: 'rate-limited', retryable: true });
    await expect(room.stop('nothing')).rejects.toMatchObject({ code: 'no-such-answer' });
  });
});
