// @vitest-environment jsdom
import { act, cleanup, render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRealtimeAI, type RealtimeAI } from '../../react/index.ts';
import { sharedRoom } from '../../react/shared.ts';
import { chunk, end, message, queued, start } from '../client/frames-of.ts';
import { FakeTransport, World } from '../client/world.ts';

let ws: FakeTransport;
let options: Parameters<typeof useRealtimeAI>[1];
let room = 0;
let roomId: string;

beforeEach(() => {
  vi.useFakeTimers();
  ws = new FakeTransport('websocket');
  options = { url: 'http://mock/', transports: [ws], platform: new World() };
  roomId = `room-${room++}`; // Shared rooms outlive a test, as they outlive a component.
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const frame = () => act(() => vi.advanceTimersByTime(20));
const join = async () => {
  act(() => ws.last.join());
  await frame();
};

test('it has the well-known shape', async () => {
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  expect(result.current).toMatchObject({
    connected: false,
    streaming: false,
    response: '',
    status: 'connecting',
  });
  await join();
  expect(result.current).toMatchObject({
    connected: true,
    transport: 'websocket',
    count: 1,
    you: { userId: 'ana' },
  });
  result.current.sendQuery('Why?');
  expect(ws.last.sent).toMatchObject([{ type: 'ai-query', prompt: 'Why?' }]);
  const [asked] = ws.last.sent as { id: string }[];
  ws.last.events.frame(start('a1', { re: asked?.id }));
  ws.last.events.frame(chunk('a1', 0, 'Because'));
  await frame();
  expect(result.current).toMatchObject({ streaming: true, response: 'Because' });
  void result.current.stop();
  expect(ws.last.sent.at(-1)).toMatchObject({ type: 'ai-stop', answerId: 'a1' });
});

test('a question that is refused is an error, not an unhandled rejection', async () => {
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  await join();
  result.current.sendQuery('Why?');
  const [asked] = ws.last.sent as { id: string }[];
  ws.last.events.frame({
    type: 'error',
    re: asked?.id,
    code: 'room-busy',
    message: 'Wait.',
    retryable: true,
  });
  await frame();
  expect(result.current.error).toMatchObject({ code: 'room-busy', retryable: true });
});

test('questions that wait, and what can be done with answers, are there beside the well-known shape', async () => {
  const world = (options!.platform as World)!;
  const models = [
    { name: 'large', role: 'default' },
    { name: 'small', role: 'fast' },
  ];
  world.respond = () => Response.json({ models });
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  expect(result.current).toMatchObject({ waiting: [], models: [], tokens: undefined });
  await join();
  await frame();
  expect(result.current.models).toEqual(models);
  result.current.sendQuery('Why?', { model: 'small' });
  const sent = () => ws.last.sent.at(-1) as { id: string };
  expect(sent()).toMatchObject({ type: 'ai-query', model: 'small' });
  ws.last.events.frame(queued('a1', { re: sent().id }));
  await frame();
  expect(result.current).toMatchObject({ streaming: false, waiting: [{ answerId: 'a1', place: 1 }] });
  void result.current.withdraw('a1');
  expect(sent()).toMatchObject({ type: 'ai-withdraw', answerId: 'a1' });
  ws.last.events.frame(start('a1'));
  ws.last.events.frame(end('a1', '', { status: 'cancelled', by: 'ana' }));
  await frame();
  expect(result.current).toMatchObject({ waiting: [], answers: [{ status: 'cancelled', by: 'ana' }] });
  void result.current.regenerate('a1', { model: 'small' });
  expect(sent()).toMatchObject({ type: 'ai-regenerate', answerId: 'a1', model: 'small' });
  void result.current.continueAnswer('a1');
  expect(sent()).toMatchObject({ type: 'ai-continue', answerId: 'a1' });
});

test('many components share one connection, which outlives none of them for long', async () => {
  const first = renderHook(() => useRealtimeAI(roomId, { ...options }));
  const second = renderHook(() => useRealtimeAI(roomId, { ...options }));
  await join();
  expect(first.result.current.connected && second.result.current.connected).toBe(true);
  expect(ws.links).toHaveLength(1);
  first.unmount();
  await act(() => vi.advanceTimersByTime(5_000));
  expect(ws.last.closed).toBe(false);
  second.unmount();
  expect(ws.last.closed).toBe(false);
  await act(() => vi.advanceTimersByTime(1_000));
  expect(ws.last.closed).toBe(true);
});

test('in StrictMode, which mounts twice, there is one connection', async () => {
  const { result } = renderHook(() => useRealtimeAI(roomId, options), { wrapper: StrictMode });
  await join();
  await act(() => vi.advanceTimersByTime(5_000));
  expect(ws.links).toHaveLength(1);
  expect(ws.last.closed).toBe(false);
  expect(result.current.connected).toBe(true);
});

test('a component that goes and comes back soon, as from one page to the next, finds its room as it was', async () => {
  const { unmount } = renderHook(() => useRealtimeAI(roomId, options));
  await join();
  unmount();
  await act(() => vi.advanceTimersByTime(500));
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  expect(result.current.connected).toBe(true);
  await act(() => vi.advanceTimersByTime(5_000));
  expect([ws.links.length, ws.last.closed]).toEqual([1, false]);
});

test('another room or user has another connection, and the first is left', async () => {
  const { rerender } = renderHook((props) => useRealtimeAI(props.room, { ...options, user: props.user }), {
    initialProps: { room: roomId, user: 'ana' },
  });
  rerender({ room: roomId, user: 'bob' });
  rerender({ room: `${roomId}-other`, user: 'bob' });
  await act(() => vi.advanceTimersByTime(1_000));
  expect(ws.links.map(({ closed }) => closed)).toEqual([true, true, false]);
  expect(ws.last.target.roomId).toBe(`${roomId}-other`);
});

test('a room that was left and is looked at again is joined again', async () => {
  const { unmount } = renderHook(() => useRealtimeAI(roomId, options));
  unmount();
  await act(() => vi.advanceTimersByTime(1_000));
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  await join();
  expect([ws.links.length, result.current.connected]).toEqual([2, true]);
});

test('what is done after the last component has gone keeps nobody in the room', async () => {
  const { result, unmount } = renderHook(() => useRealtimeAI(roomId, options));
  unmount();
  await act(() => vi.advanceTimersByTime(1_000));
  result.current.tellTyping();
  expect(ws.links).toHaveLength(2);
  await act(() => vi.advanceTimersByTime(1_000));
  expect(ws.last.closed).toBe(true);
});

test('rooms that are only rendered, as on a server, are forgotten, and those that are looked at are not', () => {
  const rendered = sharedRoom('http://mock/', `${roomId}-rendered`, '');
  const looked = sharedRoom('http://mock/', roomId, '');
  looked.use(options!);
  const stop = looked.subscribe(() => {});
  for (let i = 0; i < 1_000; i++) sharedRoom('http://mock/', `${roomId}-${i}`, '');
  expect(sharedRoom('http://mock/', `${roomId}-rendered`, '')).not.toBe(rendered);
  expect(sharedRoom('http://mock/', roomId, '')).toBe(looked);
  stop();
});

test('however fast the tokens come, it renders at most once per animation frame', async () => {
  let renders = 0;
  const { result } = renderHook(() => {
    renders++;
    return useRealtimeAI(roomId, options);
  });
  await join();
  ws.last.events.frame(start('a1'));
  await frame();
  const before = renders;
  for (let i = 0; i < 500; i++) ws.last.events.frame(chunk('a1', i, 'x'));
  expect(renders).toBe(before);
  await frame();
  expect(result.current.response).toHaveLength(500);
  expect(renders).toBe(before + 1);
});

test('nothing renders when nothing changed, and what did not change stays the same object', async () => {
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  await join();
  ws.last.events.frame(message('m1'));
  await frame();
  const before = result.current;
  ws.last.events.frame({ type: 'pong' });
  await frame();
  expect(result.current.ask).toBe(before.ask);
  expect(result.current.messages).toBe(before.messages);
});

test('a page that is not looked at, and so draws no frames, is told nevertheless', async () => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  const { result } = renderHook(() => useRealtimeAI(roomId, options));
  act(() => ws.last.join());
  await act(() => vi.advanceTimersByTime(250));
  expect(result.current.connected).toBe(true);
  vi.unstubAllGlobals();
});

test("the newest render's token is used", async () => {
  vi.useRealTimers();
  const { rerender } = renderHook(({ token }) => useRealtimeAI(roomId, { ...options, token: () => token }), {
    initialProps: { token: 'old' },
  });
  rerender({ token: 'new' });
  const sent: unknown[] = [];
  const world = ws.last.target.platform as World;
  world.respond = (_, init) => {
    sent.push(new Headers(init.headers).get('Authorization'));
    return new Response();
  };
  await ws.last.target.credentials.fetch(new URL('http://mock/x'), {});
  expect(sent).toEqual(['Bearer new']);
});

test('on a server it renders what there is before a room is joined, and joins none', () => {
  function Page() {
    const { status, count, response }: RealtimeAI = useRealtimeAI(roomId, options);
    return <p>{`${status} ${count} ${response}`}</p>;
  }
  expect(renderToString(<Page />)).toBe('<p>connecting 0 </p>');
  expect(ws.links).toHaveLength(0);
  const { container } = render(<Page />);
  expect(container.innerHTML).toBe('<p>connecting 0 </p>');
});
