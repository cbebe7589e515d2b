// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer, Item, Model, RealtimeAI, Rooms, Waiting } from '../../react/index.ts';
import { Announcer } from '../../ui/room/Announcer.tsx';
import { Line } from '../../ui/room/Line.tsx';
import { placeOf } from '../../ui/room/places.ts';
import { Usage } from '../../ui/room/Usage.tsx';
import { useModel } from '../../ui/room/useModel.ts';
import { useUsage } from '../../ui/room/useUsage.ts';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const names: Record<string, string> = { ana: 'Ana', bob: 'Bob' };
const line = (...who: string[]): Waiting[] =>
  who.map((userId, i) => ({
    ...{ key: `q${i}`, answerId: `q${i}`, userId, name: names[userId] ?? userId },
    ...{ prompt: `Question ${i}`, time: 1, place: i + 1 },
  }));

const withdraw = vi.fn();
const show = (waiting: Waiting[], { you = 'ana', moderates = false, closed = false } = {}) =>
  render(<Line {...{ waiting, you, moderates, closed, withdraw }} />);
const rows = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

test('one sees who waits and where, and can withdraw what one asked oneself', () => {
  show(line('bob', 'ana'));
  expect(screen.getByRole('region').textContent).toContain('2 questions wait');
  expect(rows()).toEqual(['BBobnext in lineQuestion 0', 'AYou2nd in lineQuestion 1']);
  const [button, ...others] = screen.getAllByRole('button');
  expect(others).toEqual([]);
  fireEvent.click(button!);
  expect(withdraw).toHaveBeenCalledWith('q1');
});

test('a moderator can withdraw any; who has left none', () => {
  show(line('bob', 'ana'), { moderates: true });
  expect(screen.getByRole('button', { name: 'Withdraw this question of Bob' })).toBeTruthy();
  cleanup();
  show(line('bob', 'ana'), { moderates: true, closed: true });
  expect(screen.queryByRole('button')).toBeNull();
});

test('of a long line one sees the beginning and what is one’s own, and all of it if one wants', () => {
  show(line(...Array.from({ length: 8 }, () => 'bob'), 'ana', 'bob'));
  expect(rows().map((row) => row?.replace(/Question.*/, ''))).toEqual([
    'BBobnext in line',
    'BBob2nd in line',
    'BBob3rd in line',
    'BBob4th in line',
    'AYou9th in line',
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Show 5 more' }));
  expect(rows()).toHaveLength(10);
  fireEvent.click(screen.getByRole('button', { name: 'Show fewer' }));
  expect(rows()).toHaveLength(5);
});

test('where nobody waits there is nothing', () => {
  expect(show([]).container.innerHTML).toBe('');
});

test('places are said as people say them', () => {
  expect([1, 2, 3, 4, 11, 21, 42, 113].map(placeOf)).toEqual([
    'next in line',
    ...['2nd', '3rd', '4th', '11th', '21st', '42nd', '113th'].map((nth) => `${nth} in line`),
  ]);
});

test('a screen reader hears of a question when it is asked, of ours also when its turn comes, and of no move up', () => {
  const say = (items: Item[], waiting: Waiting[]) => (
    <Announcer items={items} waiting={waiting} ready you="ana" />
  );
  const begun = (key: string, userId: string): Answer => ({
    ...{ kind: 'answer', key, answerId: key, userId, name: userId, prompt: 'Why?', text: '' },
    ...{ status: 'running', time: 1, intact: true },
  });
  vi.useFakeTimers();
  const { rerender } = render(say([], []));
  const heard = () => screen.getByRole('status').textContent;
  rerender(say([], line('bob', 'ana')));
  expect(heard()).toBe('Bob asked: Question 0 Your question is 2nd in line.');
  const [, mine] = line('bob', 'ana');
  rerender(say([begun('q0', 'bob')], [{ ...mine!, place: 1 }]));
  expect(heard()).toBe('Bob asked: Question 0 Your question is 2nd in line.');
  act(() => vi.advanceTimersByTime(2_000));
  rerender(say([begun('q0', 'bob'), begun('q1', 'ana')], []));
  expect(heard()).toBe('Your question is being answered.');
});

const models = (...all: string[]): Model[] =>
  all.map((name, i) => ({ name, role: i === 0 ? 'default' : '' }));

test('the model that one chose is asked from then on, and by no name if it is the default', () => {
  const { result, rerender } = renderHook(({ all }) => useModel(all), {
    initialProps: { all: models('large', 'small') },
  });
  const [large, small] = models('large', 'small') as [Model, Model];
  expect(result.current).toMatchObject({ model: large, asked: {} });
  act(() => result.current.choose(small));
  expect(result.current).toMatchObject({ model: small, asked: { model: 'small' } });
  rerender({ all: models('large') }); // It is not to be had any more.
  expect(result.current).toMatchObject({ model: large, asked: {} });
  const next = renderHook(() => useModel(models('large', 'small')));
  expect(next.result.current.asked).toEqual({ model: 'small' });
  act(() => next.result.current.choose(large));
  expect(renderHook(() => useModel(models('large', 'small'))).result.current.asked).toEqual({});
});

test('what is there for something is asked by that, and stays chosen when it is another model', () => {
  const fast = (name: string): Model[] => [...models('large'), { name, role: 'fast' }];
  const { result } = renderHook(() => useModel(fast('small')));
  act(() => result.current.choose({ name: 'small', role: 'fast' }));
  expect(result.current.asked).toEqual({ role: 'fast' });
  const next = renderHook(() => useModel(fast('smaller'))).result.current;
  expect(next).toMatchObject({ model: { name: 'smaller' }, asked: { role: 'fast' } });
  act(() => next.choose({ name: 'large', role: 'default' }));
});

test('what the room used is asked once and counted on; near its limit that is marked', async () => {
  const ask = vi.fn(() => Promise.resolve({ tokensToday: 700, limit: 1_000 }));
  const rooms = { usage: ask } as unknown as Rooms;
  const live = (tokens: number | undefined) =>
    ({ connected: true, tokens, items: [] }) as unknown as RealtimeAI;
  const { result, rerender } = renderHook(({ tokens }) => useUsage(rooms, 'tea', live(tokens)), {
    initialProps: { tokens: undefined as number | undefined },
  });
  expect([result.current, ask.mock.calls.length]).toEqual([undefined, 0]); // Not counted there.
  rerender({ tokens: 690 });
  await act(async () => {});
  rerender({ tokens: 790 });
  expect(result.current).toEqual({ tokensToday: 800, limit: 1_000 });
  expect(ask.mock.calls).toEqual([['tea']]);
  const much = () => screen.getByText(/tokens today/).dataset.much;
  const { rerender: draw } = render(<Usage usage={result.current} />);
  expect([screen.getByText(/today/).textContent, much()]).toEqual(['800 of 1,000 tokens today', 'true']);
  draw(<Usage usage={{ tokensToday: 799, limit: 1_000 }} />);
  expect(much()).toBeUndefined();
});

test('where it cannot be asked there is what we counted ourselves', async () => {
  const rooms = { usage: () => Promise.reject(new Error('404')) } as unknown as Rooms;
  const live = { connected: true, tokens: 15, items: [] } as unknown as RealtimeAI;
  const { result } = renderHook(() => useUsage(rooms, 'tea', live));
  await act(async () => {});
  expect(result.current).toEqual({ tokensToday: 15, limit: undefined });
});
