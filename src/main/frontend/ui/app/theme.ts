import { useSyncExternalStore } from 'react';
import { onMachine } from './stored.ts';

export type Theme = 'system' | 'light' | 'dark';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const stored = onMachine('theme');
const listeners = new Set<() => void>();
let theme: Theme = themes.find((known) => known === stored.read()) ?? 'system';

function show(): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

show();

/** The theme in use, and how to go on to the next one. */
export function useTheme(): { theme: Theme; next: () => void } {
  const now = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => theme,
  );
  return { theme: now, next };
}

function next(): void {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  stored.write(theme === 'system' ? undefined : theme);
  show();
  for (const changed of listeners) changed();
}
