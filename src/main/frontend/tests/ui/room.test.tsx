// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Answer, Item, Message } from '../../react/index.ts';
import { Announcer } from '../../ui/room/Announcer.tsx';
import { Members } from '../../ui/room/Members.tsx';
import { Problems } from '../../ui/room/Problems.tsx';
import { Timeline } from '../../ui/room/Timeline.tsx';
import { Typing } from '../../ui/room/Typing.tsx';
import { Refused } from '../../react/index.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const message = (key: string, more: Partial<Message> = {}): Message => ({
  ...{
    kind: 'message',
    key,
    messageId: key,
    userId: 'bob',
    name: 'Bob',
    content: `says ${key}`,
    time: 1_000,
  },
  ...{ sending: false, ...more },
});
const answer = (key: string, more: Partial<Answer> = {}): Answer => ({
  ...{
    kind: 'answer',
    key,
    answerId: key,
    userId: 'ana',
    name: 'Ana',
    prompt: 'Why?',
    text: 'Because',
    time: 1_000,
  },
  ...{ status: 'running', intact: true, ...more },
});

const members = [
  { userId: 'ana', name: 'Ana' },
  { userId: 'bob', name: 'Bob' },
];
const acts = { stop: vi.fn(() => Promise.resolve()), again: vi.fn(), goOn: vi.fn(() => Promise.resolve()) };
const remove = vi.fn(() => Promise.resolve());
const show = (items: Item[], you = 'ana', { moderates = false, closed = false } = {}) =>
  render(
    <Timeline {...{ items, you, members, reads: false, moderates, closed, models: [], remove, acts }} />,
  );

test('one may stop what one asked, and nobody else', () => {
  show([answer('a1')]);
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(acts.stop).toHaveBeenCalledWith('a1');
  cleanup();
  show([answer('a1')], 'bob');
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
});

test('messages of one person in a row stand under one name', () => {
  const { container } = show([message('m1'), message('m2'), message('m3', { userId: 'ana', name: 'Ana' })]);
  expect(container.querySelectorAll('time')).toHaveLength(2);
});

test('a screen reader is told of what begins and ends, not of tokens, and not of what was there before', () => {
  vi.useFakeTimers();
  const say = (items: Item[]) => <Announcer items={items} waiting={[]} ready you="ana" />;
  const { rerender } = render(<Announcer items={[]} waiting={[]} ready={false} you={undefined} />);
  rerender(say([message('old'), answer('a0')]));
  const heard = () => screen.getByRole('status').textContent;
  expect(heard()).toBe('');
  rerender(say([message('old'), answer('a0', { text: 'Because of' })]));
  expect(heard()).toBe('');
  rerender(say([message('old'), answer('a0', { text: 'Because of tea.', status: 'complete' })]));
  expect(heard()).toBe('Answer complete. Because of tea.');
  act(() => vi.advanceTimersByTime(2_000));
  rerender(
    say([message('m1'), message('m2', { userId: 'ana' }), answer('a1', { userId: 'bob', name: 'Bob' })]),
  );
  expect(heard()).toBe('Bob: says m1 Bob asked: Why?');
});

test('what comes too fast to be read is told together, and only counted if it is a lot', () => {
  vi.useFakeTimers();
  const items: Item[] = [];
  const say = () => <Announcer items={[...items]} waiting={[]} ready you="ana" />;
  const { rerender } = render(say());
  const come = (...keys: string[]) => {
    for (const key of keys) {
      items.push(message(key));
      rerender(say());
    }
  };
  const heard = () => screen.getByRole('status').textContent;
  come('m1', 'm2', 'm3');
  expect(heard()).toBe('Bob: says m1');
  act(() => vi.advanceTimersByTime(2_000));
  expect(heard()).toBe('Bob: says m2 Bob: says m3');
  come('m4', 'm5', 'm6', 'm7', 'm8');
  expect(heard()).toBe('Bob: says m2 Bob: says m3');
  act(() => vi.advanceTimersByTime(2_000));
  expect(heard()).toBe('5 new messages, questions and answers.');
  act(() => vi.advanceTimersByTime(2_000));
  come('m9'); // After a pause it is told at once.
  expect(heard()).toBe('Bob: says m9');
});

test('the same words once more are told once more', () => {
  vi.useFakeTimers();
  const items: Item[] = [];
  const say = () => <Announcer items={[...items]} waiting={[]} ready you="ana" />;
  const { rerender } = render(say());
  const come = (key: string) => {
    items.push(message(key, { content: 'ok' }));
    rerender(say());
  };
  const told = () => screen.getByRole('status').firstChild;
  come('m1');
  const first = told();
  act(() => vi.advanceTimersByTime(4_000));
  expect(told()).toBe(first);
  come('m2');
  expect(told()?.textContent).toBe('Bob: ok');
  expect(told()).not.toBe(first); // Without a change there is nothing to read.
});

test('the members are you first, then by name; a large room has a count only', () => {
  render(
    <Members
      members={[...members].reverse()}
      count={2}
      typing={['bob']}
      you={{ userId: 'bob', name: 'Bob', guest: false, role: 'member' }}
    />,
  );
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['BBobyou', 'AAna']);
  cleanup();
  render(<Members members={[]} count={250} typing={[]} you={undefined} />);
  expect(screen.getByRole('heading').textContent).toBe('250 people here');
});

test('one does not read that one is writing oneself', () => {
  const { container } = render(<Typing typing={['ana', 'bob', 'eve']} members={members} you="ana" />);
  expect(container.textContent).toBe('Bob and Somebody are writing…');
});

test('a refusal says when to come back, and can be put away until the next', () => {
  const error = new Refused('rate-limited', 'Slow down.', true, 12_000);
  const { rerender } = render(<Problems error={error} notice={undefined} closed={false} again={() => {}} />);
  expect(screen.getByRole('alert').textContent).toContain('Slow down. Try again in 12 s.');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
  const next = new Refused('room-busy', 'Wait.', true);
  rerender(<Problems error={next} notice={{ state: 'draining' }} closed={false} again={() => {}} />);
  expect(screen.getByRole('alert').textContent).toContain('Wait.');
  expect(screen.getByRole('status').textContent).toContain('draining');
});
