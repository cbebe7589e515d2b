import { expect, test } from 'vitest';
import { digest } from '../../client/digest.ts';
import type { Frame } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import {
  emptyRoom,
  resumeFrom,
  timeline,
  type Answer,
  type Pending,
  type RoomState,
} from '../../client/state.ts';
import { digest as theirDigest } from '../mock/room.mjs';
import { chunk, end, message, start } from './frames-of.ts';
import { joined } from './world.ts';

const after = (...frames: Frame[]) => [joined(), ...frames].reduce(reduce, emptyRoom);
const answer = (state: RoomState) => state.items.find((item) => item.kind === 'answer') as Answer;

const pending = (id: string, more: Partial<Pending> = {}): Pending => ({
  id,
  kind: 'message',
  content: 'Tea?',
  time: 1,
  phase: 'sent',
  ...more,
});
const waitingFor = (...mine: Pending[]): RoomState => ({ ...after(), pending: mine });

test('the digest is the one of the protocol', () => {
  expect(digest('')).toBe('811c9dc5');
  expect(digest('\u6f66\u626f\u7261')).toBe('bf9cf968'); // The bytes of "foobar", whose FNV-1a is published.
  for (const text of ['a', 'Grüße', '🌱 and 漢字', '\u0000\uffff'])
    expect(digest(text)).toBe(theirDigest(text));
});

test('what we may do is what we were told last, and nothing else changes', () => {
  const before = after(message('m1'));
  const you = { userId: 'me', name: 'Me', guest: false, role: 'reader' as const };
  expect(reduce(before, { type: 'you', ...you })).toEqual({ ...before, you });
  expect(reduce(emptyRoom, { type: 'you', ...you })).toBe(emptyRoom);
});

test('messages and answers stand in the order in which they were told', () => {
  const state = after(
    message('m1'),
    start('a1'),
    message('m2'),
    chunk('a1', 0, 'Be'),
    chunk('a1', 2, 'cause'),
  );
  expect(state.items.map((item) => item.key)).toEqual(['m1', 'a1', 'm2']);
  expect(answer(state)).toMatchObject({ text: 'Because', status: 'running', prompt: 'Why?' });
});

test('an event that comes twice changes nothing', () => {
  const once = after(message('m1'), start('a1'), chunk('a1', 0, 'tea'), end('a1', 'tea'));
  const twice = [message('m1'), start('a1'), chunk('a1', 0, 'tea'), end('a1', 'tea')].reduce(reduce, once);
  expect(twice).toEqual(once);
});

test('what comes after an end changes nothing', () => {
  const ended = after(start('a1'), chunk('a1', 0, 'tea'), end('a1', 'tea'));
  const late = [chunk('a1', 3, '!'), chunk('a1', 9, '?'), end('a1', 'tea', { status: 'failed' })];
  expect(late.reduce(reduce, ended)).toEqual(ended);
});

test('what a chunk repeats is dropped, what it adds is kept', () => {
  const state = after(
    start('a1'),
    chunk('a1', 0, 'The tea'),
    chunk('a1', 4, 'tea is hot'),
    chunk('a1', 2, 'e'),
  );
  expect(answer(state).text).toBe('The tea is hot');
  expect(state.missing).toBeUndefined();
});

test('a chunk behind a gap is not shown, and something is missing', () => {
  const state = after(start('a1'), chunk('a1', 0, 'The'), chunk('a1', 7, ' hot'));
  expect(answer(state).text).toBe('The');
  expect(state.missing).toBe('gap');
  expect(resumeFrom(state)).toBeUndefined();
});

test('a chunk whose repeat says something else than before is a gap', () => {
  expect(after(start('a1'), chunk('a1', 0, 'The tea'), chunk('a1', 4, 'milk!')).missing).toBe('gap');
});

test('a chunk or an end of an answer that never began is a gap', () => {
  expect(after(chunk('a1', 0, 'x')).missing).toBe('gap');
  expect(after(end('a1', '')).missing).toBe('gap');
});

test('an end that proves another text leaves the answer open and asks for it again', () => {
  const state = after(start('a1'), chunk('a1', 0, 'The tee'), end('a1', 'The tea'));
  expect(state.missing).toBe('digest');
  expect(answer(state).status).toBe('running');
  const whole = reduce(
    state,
    joined({
      history: [
        { ...start('a1'), ...end('a1', 'The tea'), type: 'answer', text: 'The tea', time: 1, userId: 'ana' },
      ],
    }),
  );
  expect(whole.missing).toBeUndefined();
  expect(answer(whole)).toMatchObject({ text: 'The tea', status: 'complete', intact: true });
});

test('a settled answer of a snapshot that fails its own proof is shown as not intact', () => {
  const lie = {
    ...start('a1'),
    ...end('a1', 'The tea'),
    type: 'answer',
    text: 'The',
    time: 1,
    userId: 'ana',
  } as const;
  const state = reduce(emptyRoom, joined({ history: [lie] }));
  expect(answer(state)).toMatchObject({ text: 'The', intact: false });
  expect(state.missing).toBeUndefined(); // The server has nothing better.
});

test('an answer ends in what the server says, with its reason', () => {
  const state = after(
    start('a1'),
    end('a1', '', { status: 'failed', code: 'model-down', message: 'No model.' }),
  );
  expect(answer(state)).toMatchObject({ status: 'failed', code: 'model-down', reason: 'No model.' });
});

test('the position is the last one that an event carried, and no other', () => {
  const state = after(message('m1', { position: 'e-1' }), message('m2'), { type: 'other', position: 'e-5' });
  expect(state.position).toBe('e-5');
  const reply = { type: 'reply', re: 'c1', position: 'e-9' } as Frame; // Where a command landed over HTTP.
  expect(reduce(state, reply).position).toBe('e-5');
});

test('an event of another epoch without a snapshot is not gone on from', () => {
  const state = after(message('m1', { position: 'e-1' }), message('m2', { position: 'f-1' }));
  expect(state).toMatchObject({ position: 'e-1', missing: 'epoch' });
});

test('events before the first snapshot are ignored', () => {
  expect(reduce(emptyRoom, message('m1'))).toEqual(emptyRoom);
});

test('a recovered join keeps what there was, a fresh one replaces it', () => {
  const before = after(message('m1', { position: 'e-1' }));
  expect(reduce(before, joined({ recovered: true, position: 'e-1' })).items).toEqual(before.items);
  expect(reduce(before, joined({ position: 'f-0' }))).toMatchObject({ items: [], position: 'f-0' });
});

test('the session stays the one that was given first, where a later join names none', () => {
  const state = reduce(emptyRoom, joined({ session: 's1' }));
  expect(reduce(state, joined({ recovered: true })).session).toBe('s1');
});

test('what a server said of how it is holds no longer where the room is joined again', () => {
  const told = reduce(reduce(emptyRoom, joined()), { type: 'status', state: 'draining' });
  expect(told.notice?.state).toBe('draining');
  for (const recovered of [true, false]) {
    expect(reduce(told, joined({ recovered })).notice).toBeUndefined();
  }
});

test('a join that claims to have recovered what we never had asks again', () => {
  expect(reduce(emptyRoom, joined({ recovered: true }))).toMatchObject({
    missing: 'snapshot',
    joined: false,
  });
});

test('a snapshot orders by time and says each thing once', () => {
  const settled = {
    ...start('a1', { time: 2 }),
    ...end('a1', ''),
    type: 'answer',
    text: '',
    time: 2,
    userId: 'ana',
  } as const;
  const said = { ...message('m1', { time: 3 }), position: undefined, re: undefined };
  const under = (answerId: string, time: number) => ({ ...start(answerId), text: 'x', time });
  const state = reduce(
    emptyRoom,
    joined({ history: [settled, said, said], answers: [under('a2', 1), under('a1', 2)] }),
  );
  expect(state.items.map((item) => item.key)).toEqual(['a2', 'a1', 'm1']);
  expect(state.items[1]).toMatchObject({ status: 'complete' });
});

test('our own message is shown at once, and becomes the real one without a double', () => {
  const waiting = waitingFor(pending('c1'));
  expect(timeline(waiting)).toMatchObject([{ key: 'c1', content: 'Tea?', sending: true, userId: 'ana' }]);
  const said = reduce(waiting, message('m1', { re: 'c1', content: 'Tea?' }));
  expect(timeline(said)).toMatchObject([{ key: 'c1', messageId: 'm1', sending: false }]);
});

test("another's event with the id of our command is not ours", () => {
  const state = reduce(waitingFor(pending('c1')), message('m1', { re: 'c1', userId: 'bob' }));
  expect(timeline(state).map((item) => item.key)).toEqual(['m1', 'c1']);
});

test('a reply before its event keeps the item until the event comes', () => {
  const replied = reduce(waitingFor(pending('c1')), { type: 'reply', re: 'c1', messageId: 'm1' });
  expect(timeline(replied)).toHaveLength(1);
  expect(timeline(reduce(replied, message('m1')))).toMatchObject([{ key: 'c1', messageId: 'm1' }]);
});

test('a reply after its event leaves one item', () => {
  const state = [message('m1'), { type: 'reply', re: 'c1', messageId: 'm1', repeated: true } as const];
  expect(timeline(state.reduce<RoomState>(reduce, waitingFor(pending('c1'))))).toMatchObject([{ key: 'm1' }]);
});

test('what a snapshot already holds is not shown a second time while its fate is unknown', () => {
  const history = [{ ...message('m1', { content: 'Tea?' }), re: undefined }];
  const state = reduce(waitingFor(pending('c1'), pending('c2', { content: 'Milk?' })), joined({ history }));
  expect(timeline(state).map((item) => item.key)).toEqual(['m1', 'c2']);
  const replied = reduce(state, { type: 'reply', re: 'c1', messageId: 'm1', repeated: true });
  expect(replied.pending.map(({ id }) => id)).toEqual(['c2']);
});

test('a refused command is not shown any more', () => {
  const error = {
    type: 'error',
    re: 'c1',
    code: 'rate-limited',
    message: 'Slow down.',
    retryable: true,
  } as const;
  expect(timeline(reduce(waitingFor(pending('c1')), error))).toEqual([]);
});

test('only the newest thousand items are kept', () => {
  const many = Array.from({ length: 1_005 }, (_, i) => message(`m${i}`));
  const { items } = after(...many);
  expect([items.length, items[0]?.key]).toEqual([1_000, 'm5']);
});
