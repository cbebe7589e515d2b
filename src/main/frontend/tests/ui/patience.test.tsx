// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Markdown from '../../ui/markdown/Markdown.tsx';
import { inTurn } from '../../ui/markdown/patience.ts';

let now = 0;

/** Takes so long. */
const work = (ms: number) => void (now += ms);

const pass = (ms: number) => {
  for (const end = now + ms; now < end; vi.advanceTimersByTime(1)) now++;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  cleanup();
  pass(60_000); // so that all is paid for
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('what takes long is drawn again for half of the time at the most, and in the end it is', () => {
  const draw = vi.fn(() => work(50));
  const begun = now;
  let takeBack: (() => void) | undefined;
  for (let frame = 0; frame < 300; frame++) {
    takeBack?.();
    takeBack = inTurn(50, draw, () => {});
    pass(16);
  }
  const half = (now - begun) / 2 / 50;
  expect(draw.mock.calls.length).toBeGreaterThan(half * 0.8);
  expect(draw.mock.calls.length).toBeLessThan(half * 1.1);
  const before = draw.mock.calls.length;
  takeBack?.();
  inTurn(50, draw, () => {});
  pass(1_000);
  expect(draw).toHaveBeenCalledTimes(before + 1);
});

test('what is cheap is drawn at once, whatever else is drawn', () => {
  inTurn(
    undefined,
    () => work(5_000),
    () => {},
  );
  const draw = vi.fn();
  inTurn(1, draw, () => {});
  expect(draw).toHaveBeenCalled();
});

test('where too much is to be seen at once, the rest is seen as it was written until there is time', () => {
  inTurn(
    undefined,
    () => work(5_000),
    () => {},
  );
  const { container } = render(<Markdown text="Some **words**" growing={false} />);
  expect(container.textContent).toBe('Some **words**');
  expect(container.querySelector('strong')).toBeNull();
  act(() => pass(10_000));
  expect(container.querySelector('strong')?.textContent).toBe('words');
});

test('nothing is drawn of what is gone before its turn', () => {
  inTurn(
    undefined,
    () => work(5_000),
    () => {},
  );
  const draw = vi.fn();
  inTurn(undefined, draw, () => {})?.();
  pass(10_000);
  expect(draw).not.toHaveBeenCalled();
});
