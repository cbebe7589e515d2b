import { expect, test } from 'vitest';
import { leftNow, runsShort, waiting } from '../../ui/room/left.ts';

const questions = { left: 4, limit: 20, perMs: 60_000 };

test.each([
  [0, 0, 4],
  [0, 3, 1],
  [0, 9, 0],
  [3_000, 3, 2], // One comes back every three seconds.
  [600_000, 3, 20],
])('%i ms later, with %i asked, there are %i left', (elapsed, asked, left) => {
  expect(leftNow(questions, elapsed, asked)).toBe(left);
});

test('a clock that was set back takes nothing away', () => {
  expect(leftNow(questions, -5_000, 0)).toBe(4);
});

test.each([
  [20, undefined],
  [5, undefined],
  [4, '4 questions left this minute.'],
  [1, 'One question left this minute.'],
  [0, 'No question left this minute.'],
])('with %i of 20 questions left it says: %s', (left, says) => {
  expect(runsShort({ left: { questions: { ...questions, left } }, at: 0, asked: 0 }, 0)).toBe(says);
});

test('tokens of the day come first, and where nothing is limited nothing is said', () => {
  const tokens = { left: 900, limit: 10_000, perMs: 86_400_000 };
  const left = { questions: { ...questions, left: 1 }, tokens };
  expect(runsShort({ left, at: 0, asked: 0 }, 0)).toMatch(/^900 of 10.000 tokens left today\.$/);
  expect(runsShort({ left: { tokens: { ...tokens, left: 0 } }, at: 0, asked: 0 }, 0)).toMatch(
    /^No tokens left today/,
  );
  expect(runsShort({ left: {}, at: 0, asked: 50 }, 0)).toBeUndefined();
});

test('a wait is said in the unit that fits', () => {
  expect([1, 89_000, 91_000, 3_600_000, 86_000_000].map(waiting)).toEqual([
    '1 s',
    '89 s',
    '2 minutes',
    '60 minutes',
    '24 hours',
  ]);
});
