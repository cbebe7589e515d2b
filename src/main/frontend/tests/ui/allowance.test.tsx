// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RealtimeAI, Rooms } from '../../react/index.ts';
import { Left } from '../../ui/room/Left.tsx';
import { useAllowance } from '../../ui/room/useAllowance.ts';

const me = vi.fn();
const rooms = { me } as unknown as Rooms;
const live = { connected: true, error: undefined, answers: [], you: undefined } as unknown as RealtimeAI;

beforeEach(() => {
  vi.useFakeTimers();
  me.mockReset();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const says = (left: number) =>
  me.mockResolvedValue({ left: { questions: { left, limit: 20, perMs: 60_000 } } });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('what is left is there from the join on, goes down with each question, and comes back by itself', async () => {
  says(20);
  const { result } = renderHook(() => useAllowance(rooms, live));
  expect(result.current.left).toEqual({ short: undefined, rest: '' });
  await pass(0);
  expect(result.current.left.rest).toBe('20 questions left this minute');
  act(() => result.current.asked());
  act(() => result.current.asked());
  expect(result.current.left.rest).toBe('18 questions left this minute');
  await pass(4_000);
  expect(result.current.left.rest).toBe('19 questions left this minute');
  await pass(4_000);
  expect(result.current.left.rest).toBe('20 questions left this minute');
  expect([me.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
});

test('who comes back to the page sees what other tabs of theirs have used', async () => {
  says(20);
  const { result } = renderHook(() => useAllowance(rooms, live));
  await pass(0);
  says(7);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await pass(0);
  expect(result.current.left.rest).toBe('7 questions left this minute');
});

test('that there are no tokens is told until the server says that there are some again', async () => {
  const tokens = (left: number) =>
    me.mockResolvedValue({ left: { tokens: { left, limit: 86_400, perMs: 86_400_000 } } });
  tokens(0);
  const { result } = renderHook(() => useAllowance(rooms, live));
  await pass(0);
  await pass(59_000);
  expect(result.current.left.short).toMatch(/^No tokens left today/);
  await pass(61_000);
  expect(result.current.left.short).toMatch(/^No tokens left today/);
  tokens(100);
  await pass(60_000);
  expect(result.current.left.short).toMatch(/^100 of .* tokens left today/);
  const asked = me.mock.calls.length;
  await pass(180_000);
  expect(me.mock.calls.length).toBe(asked);
});

test('where the server does not say, nothing is said', async () => {
  me.mockRejectedValue(new Error('Not now.'));
  const { result } = renderHook(() => useAllowance(rooms, live));
  await pass(0);
  expect(result.current.left).toEqual({ short: undefined, rest: '' });
});

test('it is there to read, and not read aloud each time it changes; where nothing is limited there is nothing', () => {
  const { container, rerender } = render(<Left rest="18 questions left this minute" />);
  const left = screen.getByText('18 questions left this minute');
  expect(left.closest('[role=status], [role=alert], [aria-live], [aria-hidden]')).toBeNull();
  rerender(<Left rest="" />);
  expect(container.innerHTML).toBe('');
});
