import { expect, test } from 'vitest';
import { readFrame } from '../../client/check.ts';
import type { Frame } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import { emptyRoom, type Pending, type RoomState } from '../../client/state.ts';
import { dice } from '../dice.ts';
import { chunk, end, queued, removed, start } from './frames-of.ts';
import { joined } from './world.ts';

const after = (...frames: Frame[]) => [joined(), ...frames].reduce(reduce, emptyRoom);
const waiting = (state: RoomState) => state.waiting.map(({ answerId }) => answerId);
const taken = (answerId: string, by?: string) => end(answerId, '', { status: 'cancelled', by });

test('a question waits until its answer begins, and is shown under the same key then', () => {
  const waits = after(queued('a1', { prompt: 'Why?', continues: 'a0' }));
  expect(waits).toMatchObject({ items: [], waiting: [{ answerId: 'a1', prompt: 'Why?', key: 'a1' }] });
  const began = [start('a1', { prompt: '' }), chunk('a1', 0, 'Because')].reduce(reduce, waits);
  expect(began.waiting).toEqual([]);
  // The start need not repeat what was asked.
  expect(began.items).toMatchObject([{ key: 'a1', prompt: 'Why?', continues: 'a0', text: 'Because' }]);
});

test('the one that is asked for anew or gone on from is known, live and from a snapshot', () => {
  const live = after(start('a2', { regenerates: 'a1' }), start('a3', { continues: 'a2' }));
  expect(live.items).toMatchObject([{ regenerates: 'a1' }, { continues: 'a2' }]);
  const answers = [{ ...start('a2', { regenerates: 'a1' }), text: 'x' }];
  expect(reduce(emptyRoom, joined({ answers })).items).toMatchObject([{ regenerates: 'a1', text: 'x' }]);
});

test('our own question goes from "sending" to the line to its answer, as one thing', () => {
  const mine: Pending = { id: 'c1', kind: 'answer', content: 'Why?', time: 1, phase: 'sent' };
  const waits = reduce({ ...after(), pending: [mine] }, queued('a1', { re: 'c1' }));
  expect(waits).toMatchObject({ pending: [], waiting: [{ key: 'c1' }] });
  expect(reduce(waits, start('a1')).items).toMatchObject([{ key: 'c1', status: 'running' }]);
  // Over HTTP the reply may come first, or last.
  const reply = { type: 'reply', re: 'c1', answerId: 'a1' } as const;
  const replied = [reply, queued('a1')].reduce<RoomState>(reduce, { ...after(), pending: [mine] });
  expect(replied).toMatchObject({ pending: [], waiting: [{ key: 'c1' }] });
  expect(reduce({ ...waits, pending: [mine] }, reply).pending).toEqual([]);
});

test('what is taken back before it began leaves no trace; what failed is told', () => {
  for (const by of ['ana', 'mo', undefined])
    expect(after(queued('a1'), taken('a1', by))).toMatchObject({ waiting: [], items: [] });
  const failed = end('a1', '', { status: 'failed', code: 'model-resting', message: 'It rests.' });
  expect(after(queued('a1'), failed)).toMatchObject({
    waiting: [],
    items: [{ answerId: 'a1', status: 'failed', reason: 'It rests.', text: '' }],
  });
});

test('an event that comes twice, or late, changes nothing', () => {
  const all = [queued('a1'), queued('a2'), taken('a1', 'ana'), start('a2'), end('a2', '')];
  const once = after(...all);
  for (const frame of all) expect(reduce(once, frame)).toEqual(once);
  expect(after(queued('a1'), queued('a1')).waiting).toHaveLength(1);
});

test('a chunk for one that waits is a gap: its start never came; so is an end of more than nothing', () => {
  expect(after(queued('a1'), chunk('a1', 0, 'x')).missing).toBe('gap');
  const lost = after(queued('a1'), end('a1', 'text', { status: 'cancelled', by: 'ana' }));
  expect([lost.missing, waiting(lost)]).toEqual(['gap', ['a1']]);
});

test('what a moderator removes does not wait any more, and does not come back', () => {
  const state = after(queued('a1'), removed({ answerId: 'a1' }), queued('a1'));
  expect(state.waiting).toEqual([]);
});

test('a newcomer is told who waits, each once, and none that has begun', () => {
  const question = (answerId: string) => ({ ...start(answerId), prompt: answerId });
  const state = reduce(
    after(queued('a2', { re: 'x' })),
    joined({
      waiting: [question('a1'), question('a2'), question('a1')],
      answers: [{ ...start('a1'), text: '' }],
    }),
  );
  expect(waiting(state)).toEqual(['a2']);
  expect(reduce(state, joined()).waiting).toEqual([]);
});

test('one that began while we were away keeps its key', () => {
  const mine: Pending = { id: 'c1', kind: 'answer', content: 'Why?', time: 1, phase: 'sent' };
  const waits = reduce({ ...after(), pending: [mine] }, queued('a1', { re: 'c1' }));
  const back = reduce(waits, joined({ answers: [{ ...start('a1'), text: 'Be' }] }));
  expect(back).toMatchObject({ waiting: [], items: [{ key: 'c1', text: 'Be' }] });
});

test('asking anew for what one asked is not taken for the first question', () => {
  const history = [{ ...start('a1'), ...end('a1', 'x'), type: 'answer', text: 'x', time: 1 } as const];
  const mine: Pending = { id: 'c1', kind: 'answer', content: 'Why?', time: 1, phase: 'sent' };
  const state = { ...after(), pending: [mine, { ...mine, id: 'c2', regenerates: 'a1' }] };
  const phases = reduce(state, joined({ history: history.map((one) => ({ ...one, userId: 'ana' })) }));
  expect(phases.pending.map(({ phase }) => phase)).toEqual(['doubtful', 'unseen']);
  const waits = reduce(state, joined({ waiting: [start('a2', { regenerates: 'a1' })] }));
  expect(waits.pending.map(({ phase }) => phase)).toEqual(['unseen', 'doubtful']);
});

test('tokens are counted on by the answers that end, once each, and only where they are counted', () => {
  const usage = { promptTokens: 10, completionTokens: 5 };
  const ended = [start('a1'), end('a1', '', { usage }), end('a1', '', { usage })];
  const counted = ended.reduce<RoomState>(reduce, reduce(emptyRoom, joined({ tokens: 100 })));
  expect(counted.tokens).toBe(115);
  expect(reduce(counted, joined({ recovered: true, tokens: 999 })).tokens).toBe(115); // The missed ends follow.
  expect(after(...ended).tokens).toBeUndefined();
});

test('what is not as it should be is left out, and nothing of it throws', () => {
  const good = { answerId: 'a1', userId: 'ana', prompt: 'Why?' };
  const read = readFrame({
    ...joined(),
    waiting: [null, 7, {}, { ...good, answerId: 7 }, { ...good, regenerates: {}, model: [] }],
    tokens: -1,
  });
  expect(read).toMatchObject({ waiting: [{ answerId: 'a1', name: 'ana' }], tokens: undefined });
  expect(readFrame({ type: 'ai-queued', answerId: 'a1' })).toBeUndefined();
  expect(readFrame({ type: 'ai-queued', ...good, position: 'e-1', re: 'c1' })).toMatchObject({
    type: 'ai-queued',
    position: 'e-1',
    re: 'c1',
  });
  expect(readFrame({ type: 'ai-end', answerId: 'a', retryable: 'yes', retryAfterMs: '5' })).toMatchObject({
    retryable: undefined,
    retryAfterMs: undefined,
  });
});

/** A log of questions that wait, begin, end and are taken back, and who waits after each of its frames. */
function truth(seed: number): { log: Frame[]; after: string[][] } {
  const roll = dice(seed);
  const log: Frame[] = [];
  const after: string[][] = [];
  const waits: string[] = [];
  const runs: string[] = [];
  const take = (from: string[]) => from.splice(roll(from.length), 1)[0]!;
  for (let i = 0; i < 30; i++) {
    const what = roll(4);
    if (what === 0 && waits.length > 0) {
      runs.push(waits[0]!);
      log.push(start(waits.shift()!));
    } else if (what === 1 && waits.length > 0) log.push(taken(take(waits), 'ana'));
    else if (what === 2 && runs.length > 0) log.push(end(take(runs), ''));
    else {
      waits.push(`a${i}`);
      log.push(queued(`a${i}`));
    }
    after.push([...waits]);
  }
  return { log, after };
}

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'however often and late things are told again, those wait who do (%i)',
  (seed) => {
    const roll = dice(seed + 1_000);
    const { log, after: truly } = truth(seed);
    let state = reduce(emptyRoom, joined());
    for (const [i, frame] of log.entries()) {
      state = reduce(state, frame);
      const late = Array.from({ length: roll(4) }, () => log[roll(i + 1)]!);
      state = late.reduce(reduce, state);
      if (roll(6) === 0) {
        const waiting = truly[i]!.map((answerId) => start(answerId));
        const answers = state.items
          .filter((item) => item.kind === 'answer' && item.status === 'running')
          .map((item) => ({ ...start((item as { answerId: string }).answerId), text: '' }));
        const history = state.items
          .filter((item) => item.kind === 'answer' && item.status !== 'running')
          .map((item) => {
            const { answerId } = item as { answerId: string };
            return { ...start(answerId), ...end(answerId, ''), type: 'answer', text: '' } as const;
          });
        const one = history.map((entry) => ({ ...entry, userId: 'ana', time: 1 }));
        state = reduce(state, joined({ waiting, answers, history: one }));
      }
      expect(waiting(state)).toEqual(truly[i]);
    }
    expect(state.missing).toBeUndefined();
  },
);
