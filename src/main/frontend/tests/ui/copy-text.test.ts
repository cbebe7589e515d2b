// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from '../../ui/parts/copyText.ts';

afterEach(() => vi.unstubAllGlobals());

/** Copies the old way, and says what was selected then. */
function selected() {
  const texts: string[] = [];
  document.execCommand = () => {
    const { value, selectionStart, selectionEnd } = document.querySelector('textarea')!;
    texts.push(value.slice(selectionStart, selectionEnd));
    return true;
  };
  return texts;
}

const refuses = { writeText: () => Promise.reject(new DOMException('blocked', 'NotAllowedError')) };

test.each([
  ['over plain http', undefined],
  ['in a frame that may not use the clipboard', refuses],
])('text is copied %s', async (_, clipboard) => {
  vi.stubGlobal('navigator', { clipboard });
  const texts = selected();
  await copyText('Tea');
  expect(texts).toEqual(['Tea']);
  expect(document.querySelector('textarea')).toBeNull();
});

test('where nothing works that is told', async () => {
  vi.stubGlobal('navigator', { clipboard: refuses });
  document.execCommand = () => false;
  await expect(copyText('Tea')).rejects.toThrow();
});
