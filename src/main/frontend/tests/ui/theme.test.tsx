// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});

afterEach(cleanup);

/** As when the page is loaded. */
async function load() {
  cleanup();
  vi.resetModules();
  const { ThemeToggle } = await import('../../ui/parts/ThemeToggle.tsx');
  render(<ThemeToggle />);
  return screen.getByRole('button');
}

const shown = () => document.documentElement.dataset.theme;

test('the colours are those of the system, then light, dark, and the system’s again', async () => {
  const button = await load();
  expect([shown(), button.getAttribute('aria-label')]).toEqual([undefined, 'Colours: as the system. Change']);
  fireEvent.click(button);
  expect([shown(), button.getAttribute('aria-label')]).toEqual(['light', 'Colours: light. Change']);
  fireEvent.click(button);
  expect([shown(), button.getAttribute('aria-label')]).toEqual(['dark', 'Colours: dark. Change']);
  fireEvent.click(button);
  expect(shown()).toBeUndefined();
});

test('what was chosen is there from the beginning when the page is loaded again', async () => {
  fireEvent.click(await load());
  delete document.documentElement.dataset.theme;
  const button = await load();
  expect([shown(), button.title]).toEqual(['light', 'Colours: light. Change']);
});

test('nonsense in the storage of the browser is the system’s', async () => {
  fireEvent.click(await load());
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, 'purple"><script>');
  delete document.documentElement.dataset.theme;
  await load();
  expect(shown()).toBeUndefined();
});
