// @vitest-environment jsdom
import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ComposerHandle } from '../../ui/room/Composer.tsx';
import { draftOf } from '../../ui/room/draft.ts';
import { whatIsLeft, type Told } from '../../ui/room/left.ts';

const [ask, say, typing, choose] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
const models = [
  { name: 'large', role: 'default' },
  { name: 'small', role: 'fast' },
];
let handle: React.RefObject<ComposerHandle | null>;
let area: HTMLTextAreaElement;
let runsShort: (left: Pick<Told, 'short' | 'aloud'>) => void;

beforeEach(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('CSS', { supports: () => false });
  const { Composer } = await import('../../ui/room/Composer.tsx');
  sessionStorage.clear();
  handle = createRef();
  for (const spy of [ask, say, typing]) spy.mockReset();
  const composer = (left?: Pick<Told, 'short' | 'aloud'>) => (
    <Composer
      ref={handle}
      draft={draftOf('u1', 'tea')}
      limits={{ prompt: 20, message: 10 }}
      closed={false}
      left={left}
      models={models}
      model={models[0]}
      choose={choose}
      ask={ask}
      say={say}
      typing={typing}
    />
  );
  const { rerender } = render(composer());
  runsShort = (left) => rerender(composer(left));
  area = screen.getByRole('textbox');
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const write = (value: string) => fireEvent.change(area, { target: { value } });
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

test('Enter asks the AI, and leaves an empty place', () => {
  write('  Why? ');
  fireEvent.keyDown(area, { key: 'Enter' });
  expect(ask).toHaveBeenCalledWith('Why?');
  expect(area.value).toBe('');
});

test.each(['ctrlKey', 'altKey', 'metaKey'])('Enter with %s says it to the people', (modifier) => {
  write('Hello');
  fireEvent.keyDown(area, { key: 'Enter', [modifier]: true });
  expect(say).toHaveBeenCalledWith('Hello');
  expect(ask).not.toHaveBeenCalled();
});

test('Shift and Enter, and the Enter that ends a composed word, send nothing', () => {
  write('日本');
  fireEvent.keyDown(area, { key: 'Enter', shiftKey: true });
  fireEvent(area, createEvent.keyDown(area, { key: 'Enter', isComposing: true }));
  fireEvent.keyDown(area, { key: 'Enter', keyCode: 229 }); // Safari's, after the end of the composing.
  expect(ask).not.toHaveBeenCalled();
});

test('the buttons do what they say, when there is something to do', () => {
  expect([button('Say').disabled, button('Ask AI').disabled]).toEqual([true, true]);
  write('Hello');
  fireEvent.click(button('Say'));
  write('Why?');
  fireEvent.click(button('Ask AI'));
  expect([say.mock.calls, ask.mock.calls]).toEqual([[['Hello']], [['Why?']]]);
});

test('what is too long to say may be short enough to ask', () => {
  write('x'.repeat(15));
  expect([button('Say').disabled, button('Ask AI').disabled]).toEqual([true, false]);
  expect(screen.getByText(/^Too long to say/).role).toBe('status');
  write('x'.repeat(21));
  expect(button('Ask AI').disabled).toBe(true);
  fireEvent.keyDown(area, { key: 'Enter' });
  expect(ask).not.toHaveBeenCalled();
});

test('an example is put in to be gone on with; what was lost comes back only to an empty place', () => {
  act(() => handle.current?.suggest('Translate'));
  expect([area.value, document.activeElement]).toEqual(['Translate', area]);
  act(() => handle.current?.giveBack('Lost'));
  expect(area.value).toBe('Translate');
  write('');
  act(() => handle.current?.giveBack('Lost'));
  expect(area.value).toBe('Lost');
});

test('the others are told of typing', () => {
  write('H');
  expect(typing).toHaveBeenCalledOnce();
});

test('what runs short is read aloud when it begins to, and when there is none, not by the second', () => {
  const heard: (string | null)[] = [];
  const spoken = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
  const perMs = 86_400_000;
  for (const left of [900, 901, 950, 0, 0]) {
    runsShort(whatIsLeft({ left: { tokens: { left, limit: 10_000, perMs } }, at: 0, asked: 0 }, 0));
    const shown = left === 0 ? /^No tokens left today/ : new RegExp(`^${left} of .* tokens left today`);
    expect(screen.getAllByText(shown).length).toBeGreaterThan(0);
    const now = spoken().join();
    if (now !== heard.at(-1)) heard.push(now);
  }
  expect(heard).toEqual(['Few tokens left today.', 'No tokens left today: the AI answers again later.']);
});

test('the models are offered, with what they are there for', () => {
  const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Model' });
  expect([...choice.options].map(({ text }) => text)).toEqual(['large', 'small (fast)']);
  fireEvent.change(choice, { target: { value: 'small' } });
  expect(choose).toHaveBeenCalledWith(models[1]);
});
