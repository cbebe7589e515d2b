import { describe, expect, test } from 'vitest';
import type { Transport } from '../../client/index.ts';
import { CuttingProxy } from '../mock/proxy.mjs';
import { enter, keep, serve, transports, until } from './setting.ts';

describe.each(transports)('over %s', (_, transport: Transport) => {
  const ways = [transport];

  test('who waits is seen by all, with the same places as the server has, until they begin', async () => {
    const server = await serve();
    const tea = server.room('tea');
    tea.questions.most = 2;
    const ana = enter(server.url, ways);
    const bob = enter(server.url, ways, 'Bob');
    const hers: string[] = [];
    for (let i = 0; i < 4; i++) hers.push(await ana.ask(`Ana ${i}`));
    const his = await bob.ask('Bob');
    const late = enter(server.url, ways, 'Late');
    for (const room of [ana, bob, late]) {
      const { waiting } = await until(room, ({ waiting }) => waiting.length === 3);
      expect(waiting.map(({ answerId, place }) => [answerId, place])).toEqual([
        [his, 1],
        [hers[2], 2],
        [hers[3], 3],
      ]);
    }
    await bob.withdraw(his);
    await expect(bob.withdraw(hers[2]!)).rejects.toMatchObject({ code: 'not-allowed' });
    await until(late, ({ waiting }) => waiting.length === 2);
    // Whoever the client says is next begins next.
    while (late.view.waiting.length > 0) {
      const { answerId: next } = late.view.waiting[0]!;
      const left = late.view.waiting.length - 1;
      tea.end([...tea.answers.keys()][0]);
      const { answers } = await until(late, ({ waiting }) => waiting.length === left);
      expect(answers.at(-1)).toMatchObject({ answerId: next, status: 'running' });
    }
  });

  test('cut while it waits, a question is in line once, and its answer comes', async () => {
    const server = await serve();
    const proxy = await keep(new CuttingProxy(server.url)).listen();
    const tea = server.room('tea');
    tea.questions.most = 1;
    const room = enter(proxy.url, ways);
    await room.ask('First');
    const waits = await room.ask('Second');
    await until(room, ({ waiting }) => waiting.length === 1);
    for (let i = 0; i < 3; i++) {
      proxy.cut();
      await until(room, ({ status }) => status === 'reconnecting');
      if (i === 2) tea.end([...tea.answers.keys()][0]); // It begins while we are away.
      proxy.down = false;
      await until(room, ({ connected, waiting }) => connected && waiting.length === (i === 2 ? 0 : 1));
    }
    tea.write(waits, 'Because');
    const { answers } = await until(room, ({ response }) => response === 'Because');
    expect(answers.map(({ prompt }) => prompt)).toEqual(['First', 'Second']);
  });

  test('asked for anew and gone on from, over a server whose answers to that get lost', async () => {
    const server = await serve();
    const room = enter(server.url, ways);
    const first = await room.ask('Why?');
    const tea = server.room('tea');
    tea.write(first, 'Because of');
    await until(room, ({ response }) => response === 'Because of');
    await room.stop(first);
    for (const act of [() => room.regenerate(first), () => room.continueAnswer(first)]) {
      // One is let in, and hears nothing more.
      server.mischief = (frame: { type: string }, send: (frame: unknown) => void) =>
        frame.type === 'joined' && send(frame);
      server.deaf = true;
      const before = tea.answers.size;
      const done = act();
      await expect.poll(() => tea.answers.size).toBe(before + 1);
      server.mischief = (frame: unknown, send: (frame: unknown) => void) => send(frame);
      server.deaf = false;
      server.cut();
      const answerId = await done;
      const there = (one: { answerId?: string }) => one.answerId === answerId;
      await until(room, ({ connected, answers }) => connected && answers.some(there));
      expect(tea.answers.size).toBe(before + 1);
    }
    const { answers } = await until(room, ({ answers }) => answers.every((one) => one.status !== 'sending'));
    expect(answers).toMatchObject([{ status: 'cancelled' }, { regenerates: first }, { continues: first }]);
    await expect(room.continueAnswer('nothing')).rejects.toMatchObject({ code: 'no-such-answer' });
  });

  test('the tokens of a room are counted alike by whoever was there and whoever comes later', async () => {
    const server = await serve();
    const tea = server.room('tea');
    const ana = enter(server.url, ways);
    for (const completionTokens of [5, 7]) {
      const asked = await ana.ask('Why?');
      tea.end(asked, 'complete', { usage: { promptTokens: 10, completionTokens } });
    }
    await until(ana, ({ tokens }) => tokens === 32);
    await until(enter(server.url, ways, 'Late'), ({ tokens }) => tokens === 32);
  });
});
