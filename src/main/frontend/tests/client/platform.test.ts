// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { browser } from '../../client/platform.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The page is looked at, or not any more. */
function seen(visibilityState: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibilityState);
  document.dispatchEvent(new Event('visibilitychange'));
}

test('it wakes when the network is back and when the page is looked at again, and at nothing else', () => {
  const woken = vi.fn();
  const stop = browser.onWake(woken);
  seen('hidden');
  window.dispatchEvent(new Event('offline'));
  expect(woken).not.toHaveBeenCalled();
  window.dispatchEvent(new Event('online'));
  expect(woken).toHaveBeenCalledTimes(1);
  seen('visible');
  expect(woken).toHaveBeenCalledTimes(2);
  stop();
  window.dispatchEvent(new Event('online'));
  seen('visible');
  expect(woken).toHaveBeenCalledTimes(2);
});

test('only a machine that knows that it has no network is offline', () => {
  const says = (onLine: boolean | undefined) => {
    vi.stubGlobal('navigator', onLine === undefined ? undefined : { onLine });
    return browser.online();
  };
  expect([says(true), says(undefined), says(false)]).toEqual([true, true, false]);
});

test('where there is no page, as on a server, nothing wakes it and nothing throws', () => {
  vi.stubGlobal('document', undefined);
  vi.stubGlobal('addEventListener', undefined);
  vi.stubGlobal('removeEventListener', undefined);
  expect(() => browser.onWake(() => {})()).not.toThrow();
});
