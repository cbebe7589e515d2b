import { Connection } from '../../client/connection.ts';
import { Credentials, type GetToken } from '../../client/credentials.ts';
import type { Frame } from '../../client/frames.ts';
import type { Refused } from '../../client/refused.ts';
import { FakeTransport, World } from './world.ts';

/** A connection in a world of its own, with three transports in the hands of the test. */
export function scene(from?: { since?: string; token?: GetToken }) {
  const world = new World();
  const ws = new FakeTransport('websocket');
  const sse = new FakeTransport('sse');
  const poll = new FakeTransport('poll');
  const told: (string | Refused)[] = [];
  const frames: Frame[] = [];
  const base = new URL('http://mock/');
  const resume = { since: from?.since, session: undefined };
  const credentials = new Credentials(base, world, from?.token ?? (() => 'token'));
  const connection = new Connection({
    base,
    roomId: 'tea',
    credentials,
    platform: world,
    transports: [ws, sse, poll],
    resume: () => resume,
    frame: (frame) => frames.push(frame),
    up: ({ name }) => told.push(name),
    down: () => told.push('down'),
    over: (why) => told.push(why),
  });
  const opened = () => ws.links.length + sse.links.length + poll.links.length;
  const open = () => [ws, sse, poll].flatMap(({ links }) => links.filter(({ closed }) => !closed)).at(-1);
  return { world, ws, sse, poll, told, frames, resume, credentials, connection, opened, open };
}
