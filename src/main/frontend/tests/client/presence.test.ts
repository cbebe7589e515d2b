import { expect, test } from 'vitest';
import type { PresenceFrame } from '../../client/frames.ts';
import { reduce } from '../../client/reduce.ts';
import { emptyRoom, type RoomState } from '../../client/state.ts';
import { message } from './frames-of.ts';
import { joined } from './world.ts';

const ana = { userId: 'ana', name: 'Ana' };
const bob = { userId: 'bob', name: 'Bob' };
const here = reduce(emptyRoom, joined({ presence: 4 }));
const presence = (state: RoomState, frame: Omit<PresenceFrame, 'type'>) =>
  reduce(state, { type: 'presence', ...frame });
const names = (state: RoomState) => state.members.map(({ name }) => name);

test('a list of all replaces, a change is applied', () => {
  const both = presence(here, { presence: 5, count: 2, joined: [bob] });
  expect(names(both)).toEqual(['Ana', 'Bob']);
  expect(names(presence(both, { presence: 6, count: 1, left: ['ana'] }))).toEqual(['Bob']);
  expect(names(presence(both, { presence: 6, count: 1, members: [bob] }))).toEqual(['Bob']);
});

test('a change that comes twice counts once, and one with a new name renames', () => {
  const twice = [5, 5].reduce(
    (state, version) => presence(state, { presence: version, count: 2, joined: [bob] }),
    here,
  );
  expect(names(twice)).toEqual(['Ana', 'Bob']);
  const renamed = presence(twice, { presence: 6, count: 2, joined: [{ userId: 'bob', name: 'Robert' }] });
  expect(names(renamed)).toEqual(['Ana', 'Robert']);
});

test('an older version changes nothing', () => {
  expect(presence(here, { presence: 3, count: 9, members: [] })).toBe(here);
});

test('a large room has a count and no names', () => {
  const large = presence(here, { presence: 5, count: 250, joined: [bob] });
  expect(large).toMatchObject({ count: 250, members: [] });
  expect(presence(large, { presence: 6, count: 100, left: ['x'] }).members).toEqual([]);
  expect(names(presence(large, { presence: 6, count: 2, members: [ana, bob] }))).toEqual(['Ana', 'Bob']);
});

test('who said what they were typing types no more', () => {
  const typing = presence(here, { presence: 5, count: 2, typing: ['bob', 'ana'] });
  expect(reduce(typing, message('m1', { userId: 'bob' })).typing).toEqual(['ana']);
});
