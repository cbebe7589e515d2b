import { expect, test } from 'vitest';
import type { Frame, HistoryAnswer, HistoryMessage } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import { emptyRoom, type RoomState } from '../../client/state.ts';
import { viewOf } from '../../client/view.ts';
import { dice, pick } from '../dice.ts';
import { chunk, end, message, queued, removed, start } from './frames-of.ts';
import { joined } from './world.ts';

const people = ['ana', 'bob', 'eve'];
const waiting = people.map((userId) => queued(`${userId}-waits`, { userId }));
const asked = [joined(), ...waiting].reduce<RoomState>(reduce, emptyRoom);
const link = { status: 'connected', transport: undefined, error: undefined, models: [] } as const;
const inLine = (state: RoomState) => viewOf(state, link).waiting.map(({ userId }) => userId);
const answered = (id: string, userId: string, text = ''): Frame[] => [
  start(id, { userId }),
  chunk(id, 0, text),
  end(id, text),
];
const messages = (count: number, content?: string) =>
  Array.from({ length: count }, (_, i) => message(`m${i}`, content === undefined ? {} : { content }));

test('whose answer is not in the newest page of the history any more is as one who had none', () => {
  const after = (frames: Frame[]) => inLine([...answered('a1', 'ana'), ...frames].reduce(reduce, asked));
  expect(after(messages(99))).toEqual(['bob', 'eve', 'ana']);
  expect(after(messages(100))).toEqual(['ana', 'bob', 'eve']);
  // Nor in one of fewer, longer texts: 131,072 characters with the four of the question.
  const half = 'x'.repeat(65_534);
  expect(after(messages(2, half))).toEqual(['bob', 'eve', 'ana']);
  expect(after(messages(2, `${half}x`))).toEqual(['ana', 'bob', 'eve']);
  // What is removed counts no more.
  expect(after([removed({ answerId: 'a1' })])).toEqual(['ana', 'bob', 'eve']);
  expect(after([...messages(99), removed({ messageId: 'm0' }), message('m99')])).toEqual([
    'bob',
    'eve',
    'ana',
  ]);
});

type Entry = HistoryMessage | HistoryAnswer;
const sizeOf = (one: Entry) =>
  one.type === 'message' ? one.content.length : one.prompt.length + one.text.length;
const idOf = (one: Entry) => (one.type === 'message' ? one.messageId : one.answerId);

/** The server's page, written another way than the client's. */
function keepPage(history: Entry[]): void {
  const size = () => history.reduce((sum, one) => sum + sizeOf(one), 0);
  while (history.length > 100 || (history.length > 1 && size() > 128 * 1024)) history.shift();
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'who was there all the time shows the line as who has just come, and as the server goes (%i)',
  (seed) => {
    const roll = dice(seed);
    const longest = pick(roll, [10, 2_000, 10_000]);
    const history: Entry[] = [];
    let live = asked;
    for (let i = 0; i < 250; i++) {
      const words = 'x'.repeat(roll(longest));
      const userId = pick(roll, people);
      if (roll(12) === 0 && history.length > 0) {
        const [gone] = history.splice(roll(history.length), 1);
        const id = idOf(gone!);
        live = reduce(live, removed(gone!.type === 'message' ? { messageId: id } : { answerId: id }));
      } else if (roll(30) === 0) {
        live = answered(`a${i}`, userId, words).reduce(reduce, live);
        const ended = { ...start(`a${i}`, { userId }), ...end(`a${i}`, words), userId, time: 1 };
        history.push({ ...ended, type: 'answer', text: words });
      } else {
        const said = message(`m${i}`, { content: words, userId });
        live = reduce(live, said);
        history.push(said);
      }
      keepPage(history);
      const last = (user: string) =>
        history.findLastIndex((one) => one.type === 'answer' && one.userId === user);
      const fresh = reduce(emptyRoom, joined({ history, waiting }));
      const truth = [...people].sort((a, b) => last(a) - last(b));
      expect([inLine(live), inLine(fresh)]).toEqual([truth, truth]);
    }
    expect(live.missing).toBeUndefined();
  },
);
