// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRealtimeAI } from '../../react/index.ts';
import { message } from '../client/frames-of.ts';
import { FakeTransport, World } from '../client/world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('what was not said when a room is left is given to be kept, and not what came through until then', async () => {
  const ws = new FakeTransport('websocket');
  const options = { url: 'http://mock/', transports: [ws], platform: new World() };
  const keepUnsaid = vi.fn();
  const { result, unmount } = renderHook(() => useRealtimeAI('tea', { ...options, keepUnsaid }));
  const said = ['One', 'Two', 'Three'].map((words) => result.current.send(words).catch(() => {}));
  await act(() => ws.last.join());
  const sent = ws.last.sent as { id: string }[];
  unmount();
  ws.last.events.frame(message('m1', { re: sent[0]!.id, content: 'One' }));
  ws.last.events.frame({ type: 'reply', re: sent[1]!.id, messageId: 'm2' });
  expect(keepUnsaid).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTime(1_000));
  await Promise.all(said);
  expect(keepUnsaid.mock.calls).toMatchObject([[[{ content: 'Three', why: { code: 'closed' } }]]]);
  expect(keepUnsaid.mock.calls[0]![0][0].firstSent).toBeDefined();
  dispatchEvent(new Event('pagehide'));
  expect(keepUnsaid).toHaveBeenCalledOnce(); // It is not in that room any more.
});
