// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Refused, type Rooms } from '../../react/index.ts';
import { Instructions } from '../../ui/room/Instructions.tsx';

afterEach(cleanup);

/** A room as one sees it in which the AI is told this. */
async function show(told: string, owner: boolean) {
  const rooms = {
    told,
    instructions: vi.fn(() => Promise.resolve(rooms.told)),
    instruct: vi.fn((_: string, words: string) => Promise.resolve(void (rooms.told = words))),
  };
  render(<Instructions room="~k2" rooms={rooms as unknown as Rooms} owner={owner} />);
  await act(() => Promise.resolve());
  return rooms;
}

const box = () => screen.getByLabelText<HTMLTextAreaElement>('What the AI is told here');

async function save(words: string) {
  fireEvent.change(box(), { target: { value: words } });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Save' })));
}

test('the owner changes what the AI is told, and takes it back', async () => {
  const rooms = await show('Rhyme.', true);
  expect(box().value).toBe('Rhyme.');
  await save('  Be brief.\n');
  expect(rooms.instruct).toHaveBeenLastCalledWith('~k2', 'Be brief.');
  expect(screen.getByRole('status').textContent).toMatch(/next answer/);
  expect(box().value).toBe('Be brief.');
  await save('  ');
  expect(rooms.instruct).toHaveBeenLastCalledWith('~k2', '');
  expect(screen.getByRole('status').textContent).toBe('Removed.');
});

test('what was refused stays as it was written, and why is told', async () => {
  const rooms = await show('', true);
  rooms.instruct.mockRejectedValueOnce(new Refused('too-long', 'Too long.'));
  await save('Very long.');
  expect(screen.getByRole('alert').textContent).toBe('Too long.');
  expect(box().value).toBe('Very long.');
});

test('where it cannot be told why is', async () => {
  const why = new Refused('unavailable', 'Not now.', true);
  const rooms = { instructions: () => Promise.reject(why) } as unknown as Rooms;
  render(<Instructions room="~k2" rooms={rooms} owner={false} />);
  expect((await screen.findByRole('alert')).textContent).toBe('Not now.');
});

test('the others read it, and see nothing where there is nothing', async () => {
  await show('Rhyme.', false);
  expect(screen.getByText('Rhyme.')).toBeDefined();
  expect(screen.queryByRole('textbox')).toBeNull();
  cleanup();
  await show('', false);
  expect(screen.queryByText('What the AI is told here')).toBeNull();
});
