import { expect, test } from 'vitest';
import type { Answer } from '../../react/index.ts';
import { openFence } from '../../ui/markdown/openFence.ts';
import { kinOf } from '../../ui/room/kin.ts';

const answer = (key: string, more: Partial<Answer> = {}): Answer => ({
  ...{ kind: 'answer', key, answerId: `id-${key}`, userId: 'ana', name: 'Ana', prompt: 'Why?', text: key },
  ...{ time: 1, status: 'complete', intact: true },
  ...more,
});

test('answers know what they go back to and what became of them, the newest of several', () => {
  const all = [
    answer('a'),
    answer('b', { continues: 'id-a' }),
    answer('c', { continues: 'id-b' }),
    answer('d', { regenerates: 'id-a' }),
    answer('e', { regenerates: 'id-a' }),
    answer('f'),
  ];
  const kin = kinOf(all);
  expect(all.map(kin)).toEqual([
    { rest: 'b', another: 'e' },
    { from: 'a', before: 'a', rest: 'c' },
    { from: 'b', before: 'ab' },
    { from: 'a' },
    { from: 'a' },
    {},
  ]);
});

test('another try at an answer that goes on is only the rest, too, of whatever that goes on from', () => {
  const all = [
    answer('a'),
    answer('b', { continues: 'id-a' }),
    answer('c', { regenerates: 'id-b' }),
    answer('d', { regenerates: 'id-c' }),
    answer('e', { continues: 'id-d' }),
    answer('f', { regenerates: 'id-a' }),
  ];
  const kin = kinOf(all);
  expect(all.map((one) => kin(one).before)).toEqual([undefined, 'a', 'a', 'a', 'ad', undefined]);
});

test('what a server says wrongly of them leads nowhere, and round in no circle', () => {
  const all = [
    answer('a', { continues: 'id-a' }),
    answer('b', { continues: 'id-c' }),
    answer('c', { continues: 'id-b' }),
    answer('d', { regenerates: 'gone' }),
  ];
  const kin = kinOf(all);
  expect(kin(all[0]!)).toEqual({});
  expect(kin(all[2]!).before).toBe('cb');
  expect(kin(all[3]!)).toEqual({});
});

test.each([
  ['No code', ''],
  ['```ts\nlet a;\n```\nOver.', ''],
  ['Text\n\n```ts\nlet a;', '```ts\n'],
  ['  ~~~\n```\n', '~~~\n'],
  ['````md\n```\ninner\n```\n', '````md\n'],
  ['```\n``` not an end\n', '```\n'],
  ['```one`line```\n', ''],
  ['    ``` indented is text', ''],
])('a text that is cut in %j goes on in %j', (text, opened) => {
  expect(openFence(text)).toBe(opened);
});
