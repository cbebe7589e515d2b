import { expect, test } from 'vitest';
import type { EventFrame, Frame, HistoryAnswer, HistoryMessage, RunningAnswer } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import { emptyRoom, resumeFrom, type Answer, type RoomState } from '../../client/state.ts';
import { dice, pick, type Roll } from '../dice.ts';
import { chunk, end, message, start } from './frames-of.ts';
import { joined } from './world.ts';

/** A room of two or three answers that grow at the same time while people talk: the truth, as a log. */
function truth(roll: Roll): EventFrame[] {
  const log: EventFrame[] = [];
  const texts = new Map<string, string>();
  const add = (frame: EventFrame) => log.push({ ...frame, position: `e-${log.length + 1}` } as EventFrame);
  let open = 2 + roll(2);
  for (let i = 0; i < open; i++) {
    texts.set(`a${i}`, '');
    add(start(`a${i}`, { time: log.length }));
  }
  while (open > 0) {
    const answerId = pick(roll, [...texts.keys()]);
    const text = texts.get(answerId)!;
    const next = roll(12);
    if (next === 0) add(message(`m${log.length}`, { time: log.length }));
    else if (next === 1 && text.length > 10) {
      add(end(answerId, text));
      texts.delete(answerId);
      open--;
    } else {
      const content = pick(roll, ['tea ', 'Grüße ', '🌱', '漢字', 'the longer piece, ']);
      add(chunk(answerId, text.length, content));
      texts.set(answerId, text + content);
    }
  }
  return log;
}

/** What a server that has this log gives to one who joins without `since`. */
function snapshot(log: readonly EventFrame[]): Frame {
  const answers = new Map<string, RunningAnswer>();
  const history: (HistoryMessage | HistoryAnswer)[] = [];
  for (const frame of log) {
    if (frame.type === 'message') history.push(frame);
    if (frame.type === 'ai-start') answers.set(frame.answerId, { ...frame, text: '' });
    if (frame.type === 'ai-chunk') answers.get(frame.answerId)!.text += frame.content;
    if (frame.type === 'ai-end') {
      const answer = answers.get(frame.answerId)!;
      history.push({ ...frame, ...answer, type: 'answer' });
      answers.delete(frame.answerId);
    }
  }
  return joined({ position: `e-${log.length}`, history, answers: [...answers.values()] });
}

/** The network's tricks: what arrives of the next frames, and how. */
function maul(roll: Roll, frames: EventFrame[]): EventFrame[] {
  switch (roll(6)) {
    case 0:
      return frames.slice(1); // One is lost.
    case 1:
      return [...frames, ...frames]; // All twice.
    case 2:
      return [...frames].reverse();
    case 3: // The positions lie.
      return frames.map((frame) => ({ ...frame, position: `e-${roll(500)}` }) as EventFrame);
    case 4: // A torn repeat: the same place, other words.
      return frames.map((frame) =>
        frame.type === 'ai-chunk' ? { ...frame, content: `${frame.content}!` } : frame,
      );
    default:
      return frames;
  }
}

const texts = (state: RoomState) =>
  new Map(state.items.flatMap((item) => (item.kind === 'answer' ? [[item.answerId!, item]] : [])));

/** Every text is a beginning of the true one, and one that is said to be complete is all of it. */
function check(state: RoomState, whole: Map<string, Answer>, mayBeWrong: boolean) {
  const ids = state.items.map((item) => item.key);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [id, { text, status }] of texts(state)) {
    const true_ = whole.get(id)!.text;
    if (status === 'complete') expect(text).toBe(true_);
    else if (!mayBeWrong) expect(true_.startsWith(text)).toBe(true);
  }
}

test.each(Array.from({ length: 300 }, (_, seed) => seed))(
  'whatever the network does, the text is the truth (%i)',
  (seed) => {
    const roll = dice(seed);
    const log = truth(roll);
    const whole = texts(reduce(emptyRoom, snapshot(log)));
    let state = reduce(emptyRoom, joined());
    let forged = false;
    for (let at = 0; at < log.length;) {
      const step = 1 + roll(6);
      const sent = log.slice(at, at + step);
      const arrived = roll(3) === 0 ? maul(roll, sent) : sent;
      forged ||= arrived.some((frame) => frame.type === 'ai-chunk' && frame.content.endsWith('!'));
      state = arrived.reduce(reduce, state);
      at += sent.length;
      check(state, whole, forged);
      if (state.missing && roll(2) === 0) {
        state = reduce(state, snapshot(log.slice(0, at)));
        forged = false;
        expect(state.missing).toBeUndefined();
      }
    }
    // Either it is all there, or it is known not to be.
    const lost =
      [...texts(state)].some(([id, { text }]) => text !== whole.get(id)!.text) ||
      texts(state).size < whole.size;
    if (lost) expect(state.missing).toBeDefined();
    expect(reduce(state, snapshot(log)).items.map((item) => item.kind === 'answer' && item.text)).toEqual(
      reduce(emptyRoom, snapshot(log)).items.map((item) => item.kind === 'answer' && item.text),
    );
  },
);

test('resuming at every possible place gives the same room, also when what was unsure comes twice', () => {
  const log = truth(dice(7));
  const whole = [joined(), ...log].reduce(reduce, emptyRoom);
  for (let seen = 0; seen <= log.length; seen++) {
    // Slices of three, of which only the last carries a position: the cut may fall inside of one.
    const frames = log.map((frame, i) =>
      i % 3 === 2 ? frame : ({ ...frame, position: undefined } as EventFrame),
    );
    const cut = [joined(), ...frames.slice(0, seen)].reduce(reduce, emptyRoom);
    const since = resumeFrom(cut)!;
    const again = [joined({ recovered: true, position: since }), ...log.slice(Number(since.slice(2)))];
    expect(again.reduce(reduce, cut)).toEqual(whole);
  }
});
