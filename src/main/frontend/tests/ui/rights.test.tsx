// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Refused, type Role, type Rooms, type Unsaid as Words } from '../../react/index.ts';
import type { Session } from '../../ui/app/session.ts';
import { useTold } from '../../ui/app/useTold.ts';
import { PrivateRooms } from '../../ui/lobby/PrivateRooms.tsx';
import { Empty } from '../../ui/room/Empty.tsx';
import { Rights, type Entry } from '../../ui/room/Rights.tsx';
import { Unsaid } from '../../ui/room/Unsaid.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const done = () => Promise.resolve();
const people: Entry['people'] = [
  { userId: 'olga', role: 'owner' },
  { userId: 'mo', role: 'moderator' },
  { userId: 'ben', role: 'member' },
];

/** A room as its people see it; `rooms` notes what they want of the server. */
async function show(role: Role, userId: string, entry: Partial<Entry> = {}) {
  const found: Entry = { roomId: '~k2', private: true, title: 'Budget', role, people, ...entry };
  const rooms = {
    look: vi.fn(() => Promise.resolve(found)),
    admit: vi.fn(done),
    dismiss: vi.fn(done),
    end: vi.fn(done),
  };
  const gone = vi.fn();
  const look = rooms.look;
  function Room() {
    const told = useTold(look);
    const you = { userId, name: userId, guest: false, role };
    return <Rights you={you} rooms={rooms as unknown as Rooms} entry={told} gone={gone} />;
  }
  render(<Room />);
  await act(done);
  return { rooms, gone };
}

const click = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));

test('an owner invites by user id, as what they choose', async () => {
  const { rooms } = await show('owner', 'olga');
  fireEvent.change(screen.getByLabelText('Invite'), { target: { value: ' cyan ' } });
  fireEvent.change(screen.getByLabelText('As what'), { target: { value: 'reader' } });
  await click('Invite');
  expect(rooms.admit).toHaveBeenCalledWith('~k2', 'cyan', 'reader');
  expect(rooms.look).toHaveBeenCalledTimes(2);
});

test('an owner changes a role, hands over and removes, the latter two only when sure', async () => {
  const { rooms } = await show('owner', 'olga');
  const ben = screen.getAllByRole('listitem')[2]!;
  await act(async () =>
    fireEvent.change(within(ben).getByRole('combobox'), { target: { value: 'moderator' } }),
  );
  expect(rooms.admit).toHaveBeenLastCalledWith('~k2', 'ben', 'moderator');
  fireEvent.click(within(ben).getByRole('button', { name: 'Make owner' }));
  expect(rooms.admit).toHaveBeenCalledTimes(1);
  await click('Hand it over?');
  expect(rooms.admit).toHaveBeenLastCalledWith('~k2', 'ben', 'owner');
  await click('Remove ben');
  expect(rooms.dismiss).not.toHaveBeenCalled();
  await click('Remove?');
  expect(rooms.dismiss).toHaveBeenCalledWith('~k2', 'ben');
});

test('closing a room leads out of it, when sure', async () => {
  const { rooms, gone } = await show('owner', 'olga');
  await click('Close this room');
  await click('Close it for everybody?');
  expect([rooms.end.mock.calls, gone.mock.calls.length]).toEqual([[['~k2']], 1]);
});

test('a double click is not sure', async () => {
  const { rooms } = await show('owner', 'olga');
  for (const detail of [1, 2]) {
    const button = screen.getByRole('button', { name: /Close/ });
    await act(async () => fireEvent.click(button, { detail }));
  }
  expect(rooms.end).not.toHaveBeenCalled();
  await click('Close it for everybody?');
  expect(rooms.end).toHaveBeenCalledOnce();
});

test('a question that is not answered is withdrawn', async () => {
  vi.useFakeTimers();
  const { rooms } = await show('owner', 'olga');
  await click('Close this room');
  await act(() => vi.advanceTimersByTime(5_000));
  await click('Close this room');
  expect(rooms.end).not.toHaveBeenCalled();
});

test('a moderator removes readers and members, and cannot do what is the owner’s', async () => {
  await show('moderator', 'mo');
  expect(
    screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent),
  ).toEqual(['Remove ben', 'Leave this room']);
  expect(screen.queryByLabelText('Invite')).toBeNull();
});

test('a member sees who may come, and may leave', async () => {
  const { rooms, gone } = await show('member', 'ben');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'olgaowner',
    'momoderator',
    'benyou, member',
  ]);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Leave this room']);
  await click('Leave this room');
  await click('Leave for good?');
  expect([rooms.dismiss.mock.calls, gone.mock.calls.length]).toEqual([[['~k2', 'ben']], 1]);
});

test('in an open room those who were removed are let in again', async () => {
  const { rooms } = await show('moderator', 'mo', {
    roomId: 'tea',
    private: false,
    people: [{ userId: 'eve', role: 'none' }],
  });
  await click('Let in again');
  expect(rooms.admit).toHaveBeenCalledWith('tea', 'eve', 'member');
});

test.each([
  ['owner', true, true],
  ['moderator', true, false],
  ['member', true, false],
  ['member', false, false],
] as const)('to let in again is offered to whoever may: %s, private %s', async (role, isPrivate, may) => {
  const eve = { userId: 'eve', role: 'none' } as const;
  await show(role, 'olga', { private: isPrivate, people: [eve] });
  expect(screen.queryByRole('button', { name: 'Let in again' }) !== null).toBe(may);
});

test('what the server refuses is said in its words, and what was typed stays', async () => {
  const { rooms } = await show('owner', 'olga');
  rooms.admit.mockRejectedValue(new Refused('not-allowed', 'A room holds 1,000 people.'));
  const field = screen.getByLabelText<HTMLInputElement>('Invite');
  fireEvent.change(field, { target: { value: 'cyan' } });
  await click('Invite');
  expect(screen.getByRole('alert').textContent).toBe('A room holds 1,000 people.');
  expect(field.value).toBe('cyan');
});

test('the start page lists private rooms, and goes to a new one', async () => {
  const rooms = {
    me: () => Promise.resolve({ userId: 'olga', name: 'Olga', left: { privateRooms: { left: 7 } } }),
    mine: () => Promise.resolve([{ roomId: '~k2', private: true, title: 'Budget', role: 'owner' as const }]),
    create: vi.fn((title: string) =>
      Promise.resolve({ roomId: '~k3', private: true, title, role: 'owner' as const }),
    ),
  };
  render(<PrivateRooms session={{ rooms } as unknown as Session} />);
  expect((await screen.findByRole('link')).getAttribute('href')).toBe('#/~k2');
  expect(screen.getByText('olga')).toBeTruthy(); // What others have to know to invite us.
  expect(screen.getByText(/You may make 7 more of them\./)).toBeTruthy();
  fireEvent.change(screen.getByRole('textbox'), { target: { value: ' Party ' } });
  await click('New private room');
  expect(rooms.create).toHaveBeenCalledWith('Party');
  expect(location.hash).toBe('#/~k3');
  rooms.create.mockRejectedValue(
    new Refused('rate-limited', 'You own as many private rooms as you may: 20.'),
  );
  await click('New private room');
  expect(screen.getByRole('alert').textContent).toContain('as many private rooms');
});

test('what was refused counts down, and is asked again when that may help, or thrown away', async () => {
  vi.useFakeTimers();
  const why = new Refused('rate-limited', 'You ask too often.', true, 3_000);
  const notBefore = Date.now() + 3_000;
  const words: Words = { key: 'c1', kind: 'answer', content: 'Why?', why, firstSent: 0, notBefore };
  const [again, forget] = [vi.fn(), vi.fn()];
  render(<Unsaid unsaid={[words]} closed={false} again={again} forget={forget} />);
  const button = () => screen.getAllByRole<HTMLButtonElement>('button')[0]!;
  expect([button().textContent, button().disabled]).toEqual(['Ask again in 3 s', true]);
  expect(screen.getByRole('alert').textContent).toBe('Not asked. You ask too often.');
  act(() => void vi.advanceTimersByTime(2_000));
  expect(button().textContent).toBe('Ask again in 1 s');
  act(() => void vi.advanceTimersByTime(1_000));
  fireEvent.click(button());
  expect(again).toHaveBeenCalledWith(words);
  fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
  expect(forget).toHaveBeenCalledWith('c1');
});

test('of what was perhaps said it is not told that it was not', () => {
  const why = new Refused('outcome-unknown', 'This may or may not have been said.', true);
  const words: Words = { key: 'c1', kind: 'message', content: 'Tea?', why, firstSent: 0, notBefore: 0 };
  render(<Unsaid unsaid={[words]} closed={false} again={() => {}} forget={() => {}} />);
  expect(screen.getByRole('alert').textContent).toBe('This may or may not have been said.');
});

test('who may only read is not offered what they could ask', () => {
  const { rerender } = render(<Empty pick={() => {}} />);
  expect(screen.getAllByRole('button')).toHaveLength(4);
  rerender(<Empty pick={undefined} />);
  expect(screen.queryAllByRole('button')).toHaveLength(0);
});
