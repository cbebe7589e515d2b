import { expect, test } from 'vitest';
import { allTransports } from '../../client/room.ts';
import { enter, keep, serve, until } from './setting.ts';
import { MockServer } from '../mock/server.mjs';

const over = (transport: string) => (view: { transport: unknown }) => view.transport === transport;

test('it falls back as far as it must, and climbs back when it can', async () => {
  const server = await serve();
  server.blocked.add('ws');
  const room = enter(server.url, allTransports);
  await until(room, over('sse'));
  await room.say('over events');
  server.streams = false;
  server.cut();
  await until(room, over('poll'));
  await room.say('over polls');
  server.blocked.delete('ws');
  await until(room, over('websocket'));
  const { messages } = await until(room, ({ messages }) => messages.length === 2);
  expect(messages.map(({ content }) => content)).toEqual(['over events', 'over polls']);
});

test('a token that is no longer good is replaced', async () => {
  const server = await serve();
  const room = enter(server.url, allTransports);
  await until(room, over('websocket'));
  server.people.clear(); // As after a restart with other keys.
  server.cut();
  await until(room, ({ connected }) => !connected);
  await until(room, over('websocket'));
});

test('a token that was never good ends it with a sentence', async () => {
  const server = await serve();
  server.gullible = false;
  const room = enter(server.url, allTransports);
  const { error } = await until(room, ({ status }) => status === 'closed');
  expect(error).toMatchObject({ code: 'unauthorized' });
});

test('a server that is not there yet is waited for', async () => {
  const server = await serve();
  const { url } = server;
  await server.close();
  const room = enter(url, allTransports);
  await expect.poll(() => room.view.status).toBe('connecting');
  const late = keep(new MockServer({ model: () => {} }));
  await late.listen(Number(new URL(url).port));
  await until(room, ({ connected }) => connected);
});
