import { expect, test } from 'vitest';
import { Backoff } from '../../client/backoff.ts';

/** The first waits, if the dice always fall so. */
const waits = (dice: number, count: number) => {
  const backoff = new Backoff(() => dice, 500, 30_000);
  return Array.from({ length: count }, () => backoff.next());
};

test('the jitter is full: a wait is anything from nothing to its bound, so that clients spread out evenly', () => {
  expect(waits(0, 5)).toEqual([0, 0, 0, 0, 0]);
  expect(waits(0.5, 8)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  for (const wait of waits(0.999_999, 8)) expect(wait).toBeLessThan(30_000);
});

test('after a success it begins anew; after ever so many failures it is still a number', () => {
  const backoff = new Backoff(() => 0.5, 500, 30_000);
  for (let i = 0; i < 5_000; i++) expect(backoff.next()).toBeLessThanOrEqual(15_000);
  backoff.reset();
  expect(backoff.next()).toBe(250);
});
