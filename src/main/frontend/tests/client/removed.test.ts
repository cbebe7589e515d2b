import { expect, test } from 'vitest';
import { readFrame } from '../../client/check.ts';
import type { Frame } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import { emptyRoom, timeline, type RoomState } from '../../client/state.ts';
import { chunk, end, message, removed, start } from './frames-of.ts';
import { joined } from './world.ts';

const after = (...frames: Frame[]) => [joined(), ...frames].reduce(reduce, emptyRoom);
const keys = (state: RoomState) => timeline(state).map(({ key }) => key);

const answer = [start('a1'), chunk('a1', 0, 'tea'), end('a1', 'tea')];

test('a message and an answer that are removed vanish, and the position goes on', () => {
  const state = after(
    message('m1'),
    ...answer,
    message('m2'),
    removed({ messageId: 'm1', position: 'e-7' }),
    removed({ answerId: 'a1', position: 'e-8' }),
  );
  expect(keys(state)).toEqual(['m2']);
  expect(state).toMatchObject({ position: 'e-8', missing: undefined });
});

test('who was behind hears of the removal of what they never saw, and misses nothing', () => {
  const state = after(removed({ messageId: 'm1' }), removed({ answerId: 'a1' }), message('m2'));
  expect(keys(state)).toEqual(['m2']);
  expect(state.missing).toBeUndefined();
});

test('who was behind in the middle of an answer sees it vanish', () => {
  const state = after(start('a1'), chunk('a1', 0, 'te'), removed({ answerId: 'a1' }));
  expect([keys(state), state.missing]).toEqual([[], undefined]);
});

test('what was removed does not come back by a repeat, nor by a snapshot of a server that still has it', () => {
  const gone = after(message('m1'), ...answer, removed({ messageId: 'm1' }), removed({ answerId: 'a1' }));
  const late = [message('m1'), ...answer, chunk('a1', 9, '?')].reduce(reduce, gone);
  expect([keys(late), late.missing]).toEqual([[], undefined]);
  const settled = {
    ...start('a1'),
    ...end('a1', 'tea'),
    type: 'answer',
    text: 'tea',
    userId: 'ana',
    time: 1,
  } as const;
  const history = [{ ...message('m1'), re: undefined }, settled];
  expect(keys(reduce(gone, joined({ history })))).toEqual([]);
});

test('our own words that were removed before we saw them do not wait for ever', () => {
  const mine = {
    id: 'c1',
    kind: 'message',
    content: 'Tea?',
    time: 1,
    phase: 'accepted',
    eventId: 'm1',
  } as const;
  const state: RoomState = { ...after(), pending: [mine] };
  expect(keys(reduce(state, removed({ messageId: 'm1' })))).toEqual([]);
  const sent: RoomState = {
    ...after(removed({ messageId: 'm1' })),
    pending: [{ ...mine, phase: 'sent', eventId: undefined }],
  };
  expect(keys(reduce(sent, { type: 'reply', re: 'c1', messageId: 'm1', repeated: true }))).toEqual([]);
});

test('a removal is told twice and changes nothing the second time', () => {
  const once = after(message('m1'), message('m2'), removed({ messageId: 'm1' }));
  expect(reduce(once, removed({ messageId: 'm1' }))).toEqual(once);
});

test('removals do not add up without bound', () => {
  const many = Array.from({ length: 1_500 }, (_, i) => removed({ messageId: `m${i}` }));
  expect(after(...many).removed).toHaveLength(1_000);
});

test.each([{}, { messageId: 7 }, { answerId: null }, { messageId: ['m1'] }])(
  'a removal of nothing (%o) moves the position and nothing else',
  (what) => {
    const frame = readFrame({ type: 'removed', position: 'e-9', userId: 'mo', ...what })!;
    expect(reduce(after(message('m1')), frame)).toMatchObject({ items: [{ key: 'm1' }], position: 'e-9' });
  },
);

test.each([
  ['moderator', 'moderator'],
  [undefined, 'member'], // A server of before there were roles.
  ['emperor', 'reader'],
  [7, 'reader'],
])('of the role %s is known that one is a %s', (role, known) => {
  const raw = { ...joined(), you: { userId: 'ana', name: 'Ana', role } };
  expect(readFrame(raw)).toMatchObject({ you: { role: known } });
});
