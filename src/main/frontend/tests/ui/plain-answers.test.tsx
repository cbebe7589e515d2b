// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchMarkdown } from '../../ui/markdown/fetchMarkdown.ts';
import { PlainAnswers } from '../../ui/room/PlainAnswers.tsx';

let there = false;
vi.mock('../../ui/markdown/Markdown.tsx', () => {
  if (there) return { default: () => 'rich' };
  throw new TypeError('Failed to fetch dynamically imported module');
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('where rich text cannot be loaded a reload is offered, until it can', async () => {
  vi.useFakeTimers();
  render(<PlainAnswers />);
  const button = () => screen.queryByRole('button', { name: 'Reload the page' });
  const fetched = fetchMarkdown();
  await act(() => vi.advanceTimersByTimeAsync(400));
  expect(button()).toBeNull(); // Once is bad luck.
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(button()).not.toBeNull();
  there = true;
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  await fetched;
  expect(button()).toBeNull();
});
