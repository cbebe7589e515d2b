import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { perFrame } from '../../client/pace.ts';
import { Room } from '../../client/room.ts';
import { message } from './frames-of.ts';
import { FakeTransport, World } from './world.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function scene() {
  const ws = new FakeTransport('websocket');
  const room = new Room('tea', { url: 'http://mock/', transports: [ws], platform: new World() });
  ws.last.join();
  const drawn: number[] = [];
  const stop = perFrame(room, ({ messages }) => drawn.push(messages.length));
  let said = 0;
  const say = (times: number) => {
    for (let i = 0; i < times; i++) ws.last.events.frame(message(`m${said++}`));
  };
  return { say, drawn, stop };
}

test('it draws once per frame, and what it draws is the newest', () => {
  const { say, drawn } = scene();
  say(100);
  expect(drawn).toEqual([]);
  vi.advanceTimersByTime(17);
  expect(drawn).toEqual([100]);
  vi.advanceTimersByTime(1_000);
  expect(drawn).toEqual([100]);
  say(3);
  vi.advanceTimersByTime(17);
  expect(drawn).toEqual([100, 103]);
});

test('where no frames are drawn it goes by the clock', () => {
  vi.stubGlobal('requestAnimationFrame', undefined);
  const { say, drawn } = scene();
  say(5);
  vi.advanceTimersByTime(249);
  expect(drawn).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(drawn).toEqual([5]);
});

test('after stop nothing is drawn, also not what was due', () => {
  const { say, drawn, stop } = scene();
  say(5);
  stop();
  vi.advanceTimersByTime(1_000);
  expect(drawn).toEqual([]);
});
