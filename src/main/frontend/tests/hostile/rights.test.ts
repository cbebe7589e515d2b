import { describe, expect, test } from 'vitest';
import type { Transport } from '../../client/index.ts';
import { allTransports, Room } from '../../client/room.ts';
import { enter, hurried, keepRoom, serve, transports, until } from './setting.ts';

const bob = { person: { userId: 'bob', name: 'Bob' } };

describe.each(transports)('over %s', (_, transport: Transport) => {
  const ways = [transport];

  test('what a moderator removes vanishes for everybody, and is not there for who comes later', async () => {
    const server = await serve();
    server.rights.open.set('mo', 'moderator');
    const ana = enter(server.url, ways);
    const mo = enter(server.url, ways, 'Mo');
    await until(mo, ({ you }) => you?.role === 'moderator');
    const rude = await ana.say('rude');
    await ana.say('kind');
    await until(mo, ({ messages }) => messages.length === 2);
    await mo.removeMessage(rude);
    for (const room of [ana, mo, enter(server.url, ways, 'Late')]) {
      const { messages } = await until(room, ({ connected, messages }) => connected && messages.length === 1);
      expect(messages[0]?.content).toBe('kind');
    }
    await expect(ana.removeMessage(rude)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('what was removed while one was away is gone when one is back', async () => {
    const server = await serve();
    const ana = enter(server.url, ways);
    const rude = await ana.say('rude');
    await ana.say('kind');
    await until(ana, ({ messages }) => messages.every(({ sending }) => !sending));
    server.cut();
    server.room('tea').remove({ messageId: rude }, { userId: 'mo', name: 'Mo' });
    await until(ana, ({ connected, messages }) => connected && messages.length === 1);
  });

  test('who is removed in the middle of an answer reads why, and nothing more comes', async () => {
    const server = await serve();
    const ana = enter(server.url, ways);
    await until(ana, ({ connected }) => connected);
    const tea = server.room('tea');
    tea.command({ type: 'ai-query', id: 'q', prompt: 'Why?' }, bob, server.model);
    const answerId = [...tea.answers.keys()][0];
    tea.write(answerId, 'Because');
    await until(ana, ({ response }) => response === 'Because');
    server.rights.answer('DELETE', 'tea', 'ana', { userId: 'ana' }, undefined);
    const { error } = await until(ana, ({ status }) => status === 'closed');
    // Who polls may be between two polls, and then reads it from the next one's refusal.
    const reasons = ['You may not be here any more.', ...(transport.name === 'poll' ? ['Not for you.'] : [])];
    expect(reasons).toContain(error?.message);
    const asked = () => server.requests.filter((request) => !/^GET \/api\/(about|me)$/.test(request)).length;
    const before = asked();
    tea.write(answerId, ' of secrets');
    tea.end(answerId);
    await new Promise((resolve) => setTimeout(resolve, 100)); // Ten seconds of the hurried clock, in which nothing may happen.
    expect([ana.view.response, asked()]).toEqual(['Because', before]);
    ana.reconnect();
    const again = await until(ana, ({ status }) => status === 'closed');
    expect(again.error).toMatchObject({ code: 'not-allowed' });
  });

  test('what one may do is known as soon as it changes', async () => {
    const server = await serve();
    const ana = enter(server.url, ways);
    await until(ana, ({ connected, you }) => connected && you?.role === 'member');
    server.rights.open.set('mo', 'owner');
    for (const role of ['reader', 'moderator']) {
      // Who polls is between two polls now and then, which this server does not remember.
      await expect.poll(() => server.room('tea').readers.size).toBe(1);
      server.rights.answer('PUT', 'tea', 'ana', { userId: 'mo' }, { role });
      const { you, connected } = await until(ana, ({ you }) => you?.role === role);
      expect([you?.userId, connected]).toEqual(['ana', true]);
    }
  });

  test('when the token ends in the middle of an answer, another one is fetched and nothing is missing', async () => {
    const server = await serve();
    const ana = enter(server.url, ways);
    await until(ana, ({ connected }) => connected);
    const tea = server.room('tea');
    tea.command({ type: 'ai-query', id: 'q', prompt: 'Why?' }, bob, server.model);
    const answerId = [...tea.answers.keys()][0];
    for (const word of ['one', 'two', 'three']) {
      tea.write(answerId, `${word} `);
      await until(ana, ({ response, connected }) => connected && response.endsWith(`${word} `));
      server.endTokens();
      await until(ana, ({ connected }) => !connected);
    }
    tea.end(answerId);
    const { answers } = await until(ana, ({ answers }) => answers[0]?.status === 'complete');
    expect(answers[0]?.text).toBe('one two three ');
  });

  test('a token that is about to end is replaced without a break', async () => {
    const server = await serve();
    let fetched = 0;
    const token = async () => {
      const body = JSON.stringify({ name: 'Ana' });
      const response = await fetch(`${server.url}api/dev/token`, { method: 'POST', body });
      // The hurried clock runs a hundred times as fast, in which 10 s are 100 ms.
      return {
        token: ((await response.json()) as { token: string }).token,
        until: Date.now() + ++fetched * 10_000,
      };
    };
    const room = keepRoom(new Room('tea', { url: server.url, token, transports: ways, platform: hurried }));
    await until(room, ({ connected }) => connected);
    const broken: string[] = [];
    room.subscribe(() => room.view.status !== 'connected' && broken.push(room.view.status));
    const refreshed: unknown[] = [];
    const tea = server.room('tea');
    const command = tea.command.bind(tea);
    tea.command = (said: { type: string; token: string }, ...rest: unknown[]) => {
      if (said.type === 'refresh') refreshed.push(server.people.has(said.token));
      return command(said, ...rest);
    };
    await expect.poll(() => fetched).toBeGreaterThan(3);
    await room.say('Still here.');
    expect(broken).toEqual([]);
    if (transport.name === 'poll')
      expect(refreshed).toEqual([]); // Each request brings its own.
    else expect(refreshed).toContain(true);
  });
});

test('a server that says "come back with a new token" for ever is not hammered', async () => {
  const server = await serve();
  server.mischief = (frame: { type: string }, send: (frame: unknown) => void) => {
    send(frame);
    if (frame.type === 'joined') server.closeThose(4010, 'Again!');
  };
  const room = enter(server.url, allTransports);
  await until(room, ({ connected }) => !connected);
  await new Promise((resolve) => setTimeout(resolve, 300)); // Half a minute of the hurried clock.
  expect(server.requests.filter((request) => request.startsWith('UPGRADE')).length).toBeLessThan(20);
});
