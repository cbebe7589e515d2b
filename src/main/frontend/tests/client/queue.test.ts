import { describe, expect, test } from 'vitest';
import { line, places, type Queued } from '../../client/queue.ts';
import { dice, pick } from '../dice.ts';

const question = (userId: string, answerId: string): Queued => ({
  answerId,
  key: answerId,
  userId,
  name: userId,
  prompt: 'Why?',
  time: 1,
});
const several = (userId: string, count: number) =>
  Array.from({ length: count }, (_, i) => question(userId, `${userId}${i + 1}`));
const ids = (questions: readonly Queued[]) => questions.map(({ answerId }) => answerId);

test('who asks ten times waits behind who asks once', () => {
  const waiting = [...several('ana', 10), question('bob', 'bob1')];
  expect(ids(line(waiting, [])).slice(0, 3)).toEqual(['ana1', 'bob1', 'ana2']);
  expect(ids(line(waiting, several('ana', 1)))[0]).toBe('bob1');
});

test('who asked a lot is not the oldest again whenever one of theirs has ended', () => {
  const waiting = [...several('ana', 9), question('bob', 'bob1')];
  expect(ids(line(waiting, [], ['ana']))[0]).toBe('bob1');
  expect(ids(line(waiting, [], ['bob', 'ana']))[0]).toBe('bob1');
  expect(ids(line(waiting, [], ['ana', 'bob']))[0]).toBe('ana1');
});

test('of those whose turn it is alike the older question goes first', () => {
  expect(ids(line([...several('ana', 2), ...several('bob', 2), ...several('eve', 1)], []))).toEqual([
    'ana1',
    'bob1',
    'eve1',
    'ana2',
    'bob2',
  ]);
});

/** Rooms as they may be: a few people, of whom some ask a lot. */
const rooms = Array.from({ length: 200 }, (_, seed) => {
  const roll = dice(seed);
  const people = ['ana', 'bob', 'eve', 'mo'].slice(0, 1 + roll(4));
  const some = (most: number, prefix: string) =>
    Array.from({ length: roll(most) }, (_, i) => question(pick(roll, people), `${prefix}${i}`));
  return { seed, roll, running: some(5, 'r'), waiting: some(25, 'w') };
});

describe('in any room', () => {
  test('the place is the one that the protocol says', () => {
    for (const { waiting, running } of rooms) {
      const turn = (at: number) =>
        [...running, ...waiting.slice(0, at)].filter(({ userId }) => userId === waiting[at]!.userId).length;
      const before = (a: number, b: number) => turn(a) < turn(b) || (turn(a) === turn(b) && a < b);
      const said = new Map(places(waiting, running).map(({ answerId, place }) => [answerId, place]));
      for (let at = 0; at < waiting.length; at++) {
        const ahead = waiting.filter((_, other) => before(other, at)).length;
        expect(said.get(waiting[at]!.answerId)).toBe(ahead + 1);
      }
    }
  });

  test('each question has a place of its own, and those of one person stay in the order of asking', () => {
    for (const { waiting, running } of rooms) {
      const inLine = line(waiting, running);
      expect(new Set(inLine)).toEqual(new Set(waiting));
      for (const userId of new Set(waiting.map((one) => one.userId))) {
        const theirs = (all: readonly Queued[]) => ids(all.filter((one) => one.userId === userId));
        expect(theirs(inLine)).toEqual(theirs(waiting));
      }
    }
  });

  test('nobody is worse off when somebody takes a question back', () => {
    for (const { waiting, running, roll } of rooms) {
      if (waiting.length === 0) continue;
      const gone = pick(roll, waiting);
      const left = waiting.filter((one) => one !== gone);
      const place = new Map(places(waiting, running).map((one) => [one.answerId, one.place]));
      for (const { answerId, place: now } of places(left, running))
        expect(now).toBeLessThanOrEqual(place.get(answerId)!);
    }
  });

  test('who asks anew changes nothing between those who wait', () => {
    for (const { waiting, running, roll } of rooms) {
      const late = question(pick(roll, ['ana', 'bob', 'new']), 'late');
      const others = line([...waiting, late], running).filter((one) => one !== late);
      expect(ids(others)).toEqual(ids(line(waiting, running)));
    }
  });
});

test('what did not change stays the same object, so that it need not be drawn again', () => {
  const [ana, bob, eve] = [question('ana', 'a'), question('bob', 'b'), question('eve', 'e')];
  const before = places([ana, bob], []);
  expect(places([ana, bob], [], [], before)).toBe(before);
  const more = places([ana, bob, eve], [], [], before);
  expect([more[0] === before[0], more[1] === before[1], more.length]).toEqual([true, true, 3]);
  expect(places([bob, eve], [], [], more).map(({ place }) => place)).toEqual([1, 2]);
  expect(places([], [], [], [])).toEqual([]);
});
