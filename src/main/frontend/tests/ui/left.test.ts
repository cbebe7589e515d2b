import { expect, test } from 'vitest';
import type { Me } from '../../react/index.ts';
import { comesBack, leftNow, waiting, whatIsLeft } from '../../ui/room/left.ts';

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

const tokens = { left: 9_000, limit: 10_000, perMs: 86_400_000 };
const told = (left: Me['left'], asked = 0) => whatIsLeft({ left, at: 0, asked }, 0);
const of = (number: number) => number.toLocaleString();

test.each([
  [20, undefined, '20 questions left this minute'],
  [5, undefined, '5 questions left this minute'],
  [4, '4 questions left this minute.', ''],
  [1, 'One question left this minute.', ''],
  [0, 'No question left this minute.', ''],
])('with %i of 20 questions left it says: %s, and in passing: %s', (left, short, rest) => {
  expect(told({ questions: { ...questions, left } })).toMatchObject({ short, rest });
});

test('what is left is always told, whether or not something else runs short', () => {
  const many = { ...questions, left: 20 };
  expect(told({ questions: many, tokens }, 2)).toMatchObject({
    short: undefined,
    rest: `18 questions left this minute, ${of(9_000)} tokens left today`,
  });
  expect(told({ questions: many, tokens: { ...tokens, left: 2_000 } })).toMatchObject({
    short: `${of(2_000)} of ${of(10_000)} tokens left today.`,
    rest: '20 questions left this minute',
  });
  expect(told({ questions: { ...many, left: 1 }, tokens })).toMatchObject({
    short: 'One question left this minute.',
    rest: `${of(9_000)} tokens left today`,
  });
});

test('tokens of the day come first, and where nothing is limited nothing is said', () => {
  const left = { questions: { ...questions, left: 1 }, tokens: { ...tokens, left: 900 } };
  expect(told(left)).toMatchObject({ short: `${of(900)} of ${of(10_000)} tokens left today.`, rest: '' });
  expect(told({ tokens: { ...tokens, left: 0 } }).short).toMatch(/^No tokens left today/);
  expect(told({}, 50)).toMatchObject({ short: undefined, rest: '' });
});

test.each(['questions', 'tokens', 'newRooms'])('what is read aloud of %s is without numbers', (what) => {
  const aloud = (left: number) => told({ [what]: { left, limit: 20, perMs: 60_000 } }).aloud ?? '';
  expect(aloud(20)).toBe('');
  expect(aloud(1)).toMatch(/^Few \D+ this minute\.$/);
  expect(aloud(3)).toBe(aloud(1));
  expect(aloud(0)).toMatch(/^No \D+ left/);
});

test('of one who has less than no tokens nobody can reckon when there are some again', () => {
  const none = { left: { tokens: { ...tokens, left: 0 } }, at: 0, asked: 0 };
  expect(whatIsLeft(none, 60_000).short).toMatch(/^No tokens left today/);
  expect(comesBack(none, 60_000)).toBe(false);
});

test.each([
  [60, undefined],
  [13, undefined],
  [12, '12 new rooms left to begin this hour.'],
  [1, 'One new room left to begin this hour.'],
  [0, 'No new room left to begin this hour.'],
])('with %i of 60 new rooms left it says: %s', (left, short) => {
  const newRooms = { left, limit: 60, perMs: 3_600_000 };
  expect(told({ newRooms })).toMatchObject({ short, rest: '' });
});

test('new rooms are told last of what runs short, and come back, too', () => {
  const newRooms = { left: 0, limit: 60, perMs: 3_600_000 };
  expect(told({ newRooms, questions: { ...questions, left: 1 } }).short).toBe(
    'One question left this minute.',
  );
  expect(whatIsLeft({ left: { newRooms }, at: 0, asked: 5 }, 60_000).short).toMatch(/^One new room/);
  expect(comesBack({ left: { newRooms }, at: 0, asked: 0 }, 0)).toBe(true);
});

test('it is looked at each second as long as something comes back, and no longer', () => {
  const full = { left: { questions: { ...questions, left: 20 } }, at: 0, asked: 0 };
  expect(comesBack(full, 0)).toBe(false);
  expect(comesBack({ ...full, asked: 1 }, 0)).toBe(true);
  expect(comesBack({ ...full, asked: 1 }, 3_000)).toBe(false);
  expect(comesBack({ left: { questions }, at: 0, asked: 0 }, 0)).toBe(true);
  expect(comesBack({ left: {}, at: 0, asked: 3 }, 0)).toBe(false);
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
