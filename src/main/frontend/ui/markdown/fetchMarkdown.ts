import { useSyncExternalStore } from 'react';

/** After so many failures in a row one is told. */
const MOST = 3;

let failures = 0;
const listeners = new Set<() => void>();

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

function failed(times: number): void {
  failures = times;
  for (const changed of listeners) changed();
}

/** Fetches what draws rich text, until that is there: a rejected import would take the whole page down. */
export async function fetchMarkdown(): Promise<typeof import('./Markdown.tsx')> {
  for (let wait = 500; ; wait = Math.min(2 * wait, 10_000)) {
    try {
      const found = await import('./Markdown.tsx');
      failed(0);
      return found;
    } catch {
      failed(failures + 1);
      await new Promise((again) => setTimeout(again, wait));
    }
  }
}

/**
 * Whether it cannot be fetched, so that only a reload helps: some browsers remember that an import failed, and after an
 * update of the server its file is gone.
 */
export const useMarkdownMissing = () => useSyncExternalStore(subscribe, () => failures >= MOST);
