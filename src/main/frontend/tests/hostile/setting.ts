import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { eventStream, longPoll, websocket, type Transport } from '../../client/index.ts';
import { browser, type Platform, type Socket } from '../../client/platform.ts';
import { Room } from '../../client/room.ts';
import type { RoomView } from '../../client/view.ts';
import { MockServer } from '../mock/server.mjs';

export const transports: [string, Transport][] = [websocket, eventStream, longPoll].map((one) => [
  one.name,
  one,
]);

/** Node's network, and a clock a hundred times as fast: tests wait for what happens, not for time to pass. */
export const hurried: Platform = {
  ...browser,
  setTimeout: (run, ms) => setTimeout(run, ms / 100),
  socket: (url) => new WebSocket(url) as unknown as Socket,
};

const rooms: Room[] = [];
const servers: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const room of rooms.splice(0)) room.close();
  for (const server of servers.splice(0).reverse()) await server.close();
});

/** Closed when the test is over. */
export function keep<T extends { close(): Promise<void> }>(server: T): T {
  servers.push(server);
  return server;
}

/** Left when the test is over. */
export function keepRoom(room: Room): Room {
  rooms.push(room);
  return room;
}

/** A server whose answers are written by the test. */
export const serve = () => keep(new MockServer({ model: () => {} })).listen();

/** Comes into the room as a person of that name. */
export function enter(url: string, ways: readonly Transport[], name = 'Ana'): Room {
  const token = async () => {
    const response = await fetch(`${url}api/dev/token`, { method: 'POST', body: JSON.stringify({ name }) });
    return ((await response.json()) as { token: string }).token;
  };
  return keepRoom(new Room('tea', { url, token, transports: ways, platform: hurried }));
}

/** Waits until the view is as wanted; says what it was instead if that takes too long. */
export function until(room: Room, wanted: (view: RoomView) => boolean): Promise<RoomView> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!wanted(room.view)) return;
      clearTimeout(late);
      stop();
      resolve(room.view);
    };
    const late = setTimeout(() => {
      stop();
      reject(new Error(`It never came to that: ${JSON.stringify(room.view).slice(0, 1_000)}`));
    }, 8_000);
    const stop = room.subscribe(look);
    look();
  });
}

export const complete = ({ answers }: RoomView) =>
  answers.length > 0 && answers.every((a) => a.status === 'complete');
