// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused, type Answer, type Item, type Model } from '../../react/index.ts';
import { Timeline } from '../../ui/room/Timeline.tsx';

const acts = { stop: vi.fn(() => Promise.resolve()), again: vi.fn(), goOn: vi.fn(() => Promise.resolve()) };
const remove = vi.fn(() => Promise.resolve());
const copied = vi.fn((_: string) => Promise.resolve());

beforeEach(() => {
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: copied } });
});

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const answer = (key: string, more: Partial<Answer> = {}): Answer => ({
  ...{ kind: 'answer', key, answerId: key, userId: 'ana', name: 'Ana', prompt: 'Why?', text: 'Because' },
  ...{ time: 1_000, status: 'complete', intact: true },
  ...more,
});

interface As {
  you?: string;
  moderates?: boolean;
  closed?: boolean;
  reads?: boolean;
  models?: Model[];
}
const members = [
  { userId: 'ana', name: 'Ana' },
  { userId: 'bob', name: 'Bob' },
];
const timeline = (items: Item[], as: As) => (
  <Timeline
    {...{ you: 'ana', moderates: false, closed: false, reads: false, models: [], ...as }}
    {...{ items, members, remove, acts }}
  />
);
const show = (items: Item[], as: As = {}) => render(timeline(items, as));
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const none = (name: string | RegExp) => expect(screen.queryByRole('button', { name })).toBeNull();

test.each([
  [{ status: 'cancelled', by: 'bob' }, 'Stopped by Bob. It breaks off here.'],
  [{ status: 'cancelled', by: 'ana' }, 'Stopped by you. It breaks off here.'],
  [{ status: 'cancelled', by: 'gone' }, 'Stopped. It breaks off here.'],
  [{ status: 'cancelled' }, 'Stopped, as nobody was left to read it. It breaks off here.'],
  [{ status: 'failed', reason: 'No model.', text: '' }, 'The answer failed. No model.'],
  [{ status: 'failed', reason: 'It broke.' }, 'The answer failed. It broke. It breaks off here.'],
  [
    { status: 'failed', reason: 'No.', text: '', retryable: false },
    'The answer failed. No. Asking again will not help.',
  ],
  [
    { status: 'failed', reason: 'Bad key.', text: '', code: 'model-unauthorized' },
    'The answer failed. Bad key. Asking again will not help until whoever runs this server has looked at it.',
  ],
  [
    { status: 'failed', reason: 'It would not.', text: '', code: 'model-declined' },
    'The answer failed. It would not. Other words may help.',
  ],
  [{ status: 'failed', code: 'answer-too-long' }, 'As long as an answer may be. It breaks off here.'],
  [{ status: 'interrupted', reason: 'Lost.' }, 'The answer was interrupted. Lost. It breaks off here.'],
  [{ finish: 'length' }, 'The length limit was reached. It breaks off here.'],
  [{ finish: 'abort' }, 'The model ended it (abort). It breaks off here.'],
  [{ finish: 'content_filter' }, 'The content filter of the model ended it here.'],
  [{ text: '' }, 'The model said nothing.'],
  [{ intact: false }, 'Answer complete. Parts of it may be missing.'],
] as const)('an answer that ended with %o says so', (end, sentence) => {
  show([answer('a1', end)]);
  expect(screen.getByText(sentence)).toBeTruthy();
});

test('who stopped it is named also if they are gone, or the room is too large to name all', () => {
  const gone = { userId: 'gone', name: 'Gwen' };
  show([answer('a0', gone), answer('a1', { status: 'cancelled', by: 'gone' })]);
  expect(screen.getByText(/Stopped by Gwen/)).toBeTruthy();
});

test('an answer that is whole says nothing of its end', () => {
  show([answer('a1')]);
  expect(screen.queryByText(/complete|breaks off|limit/)).toBeNull();
});

test('who asked, and a moderator, may ask again and go on; nobody else, and nobody who left or only reads', () => {
  const cut = answer('a1', { status: 'cancelled', by: 'ana' });
  for (const as of [{}, { you: 'mo', moderates: true }]) {
    const { unmount } = show([cut], as);
    fireEvent.click(button('Continue'));
    fireEvent.click(button('Ask again'));
    expect([acts.goOn.mock.lastCall, acts.again.mock.lastCall]).toEqual([['a1'], [cut]]);
    unmount();
    vi.clearAllMocks();
  }
  for (const as of [{ you: 'bob' }, { closed: true }, { reads: true }]) {
    const { unmount } = show([cut, answer('a2')], as);
    none('Continue');
    none(/again/i);
    unmount();
  }
});

test('an answer that the model ended before its end can go on, unless its content filter did', () => {
  for (const finish of ['length', 'abort', 'tool_calls']) {
    const { unmount } = show([answer('a1', { finish })]);
    button('Continue');
    unmount();
  }
  show([answer('a1', { finish: 'content_filter' })]);
  none('Continue');
});

test('there is no more to say to an answer that is whole, but another one to have', () => {
  show([answer('a1')]);
  none('Continue');
  fireEvent.click(button('Answer this again'));
  expect(acts.again).toHaveBeenCalledWith(expect.objectContaining({ key: 'a1' }));
});

test('an answer that said nothing before it broke off cannot go on', () => {
  show([answer('a1', { status: 'failed', text: '' })]);
  none('Continue');
  expect(button('Ask again').disabled).toBe(false);
});

test('where the model rests one sees for how long, and can ask again then and not before', async () => {
  vi.useFakeTimers();
  const notBefore = Date.now() + 12_000;
  show([answer('a1', { status: 'failed', text: '', code: 'model-resting', retryable: true, notBefore })]);
  expect(button('Ask again in 12 s').disabled).toBe(true);
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(button('Ask again in 7 s').disabled).toBe(true);
  await act(() => vi.advanceTimersByTimeAsync(7_000));
  fireEvent.click(button('Ask again'));
  expect(acts.again).toHaveBeenCalledOnce();
});

test('who may not ask again what others asked sees when they may', async () => {
  vi.useFakeTimers();
  const notBefore = Date.now() + 12_000;
  show([answer('a1', { status: 'failed', text: '', code: 'model-busy', retryable: true, notBefore })], {
    you: 'bob',
  });
  none(/again/i);
  expect(screen.getByText(/It can be asked again in 12 s\./)).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(12_000));
  expect(screen.queryByText(/It can be asked again/)).toBeNull();
});

test('an answer that is as long as it may be can go on, and nothing is said of asking again', () => {
  const long = { status: 'failed', code: 'answer-too-long', reason: 'Too long.', retryable: false } as const;
  show([answer('a1', long)]);
  button('Continue');
  none(/again/i);
  expect(screen.queryByText(/will not help/)).toBeNull();
});

test('where asking again does not help, another model is offered if there is one', () => {
  const failed = answer('a1', { status: 'failed', text: '', code: 'model-not-found', model: 'large' });
  const { rerender } = show([failed]);
  none(/ask/i);
  const models = ['large', 'small', 'other'].map((name) => ({ name, role: 'fast' }));
  rerender(timeline([failed], { models }));
  fireEvent.click(button('Ask another model'));
  const list = screen.getByRole('group', { name: 'Ask another model' });
  expect(
    within(list)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['small fast', 'other fast']);
  fireEvent.keyDown(list, { key: 'Escape' });
  expect(screen.queryByRole('group', { name: 'Ask another model' })).toBeNull();
  fireEvent.click(button('Ask another model'));
  fireEvent.click(button(/^small/));
  expect(acts.again).toHaveBeenCalledWith(failed, models[1]);
});

test('an answer that is too old to go on with says so', async () => {
  acts.goOn.mockRejectedValueOnce(new Refused('no-such-answer', 'There is none.'));
  show([answer('a1', { status: 'interrupted' })]);
  await act(async () => fireEvent.click(button('Continue')));
  expect(screen.getByRole('alert').textContent).toBe('It is too long ago to go on with it.');
  none('Continue');
});

test('an answer and what became of it lead to each other', () => {
  const scrolled = vi.fn();
  Element.prototype.scrollIntoView = function (this: Element) {
    scrolled(this.id);
  };
  const cut = answer('a1', { status: 'cancelled', by: 'ana' });
  show([cut, answer('a2', { continues: 'a1' }), answer('a3', { regenerates: 'a1' })]);
  none('Continue'); // It was done already.
  fireEvent.click(button('The rest of the answer to “Why?”'));
  fireEvent.click(button('It goes on below'));
  fireEvent.click(button('Another answer to “Why?”'));
  fireEvent.click(button('Answered again below'));
  expect(scrolled.mock.calls.flat()).toEqual(['item-a1', 'item-a2', 'item-a1', 'item-a3']);
  expect(document.activeElement?.id).toBe('item-a3');
});

test('what goes back to an answer that is not here any more says so, and leads nowhere', () => {
  show([answer('a2', { regenerates: 'gone' })]);
  expect(screen.getByText('Another answer to “Why?”')).toBeTruthy();
  none(/Another/);
});

test('what is copied of an answer that goes on is all of it, and code that was cut stays code', async () => {
  const parts = ['So:\n\n```ts\nlet a = 1;\n', 'let b = 2;\n', '```\n\nDone.'];
  const { container } = show([
    answer('a1', { text: parts[0], finish: 'length' }),
    answer('a2', { text: parts[1], finish: 'length', continues: 'a1' }),
    answer('a3', { text: parts[2], continues: 'a2' }),
  ]);
  await act(async () => fireEvent.click(screen.getAllByRole('button', { name: 'Copy all' })[1]!));
  expect(copied).toHaveBeenCalledWith(parts.join(''));
  const articles = container.querySelectorAll('article');
  // The renderer of Markdown is fetched when it is needed.
  const code = () =>
    expect(articles[1]!.querySelector('pre code')?.textContent ?? '').toContain('let b = 2;');
  await vi.waitFor(code, 30_000);
  expect(articles[2]!.querySelector('p:not([class])')?.textContent).toBe('Done.');
});

test('what an answer used is said in passing, and that it was only estimated', () => {
  const usage = { promptTokens: 1_000, completionTokens: 234, estimated: true };
  show([answer('a1', { usage }), answer('a2', { usage: {} })]);
  const said = screen.getAllByText(/tokens/);
  expect(said.map(({ textContent }) => textContent)).toEqual([`~${(1_234).toLocaleString()} tokens`]);
});
