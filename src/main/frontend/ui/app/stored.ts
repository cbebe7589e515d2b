/** Text kept in the browser, where it may be: storage that is full or forbidden is no reason to fail. */
export interface Stored {
  read(): string | undefined;
  write: (value: string | undefined) => void;
}

const kept = (storage: () => Storage, key: string): Stored => ({
  read() {
    try {
      return storage().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(value) {
    try {
      if (value === undefined) storage().removeItem(key);
      else storage().setItem(key, value);
    } catch {
      // Then it is not remembered.
    }
  },
});

/** Remembered on this machine. */
export const onMachine = (key: string) => kept(() => localStorage, `roomcast.${key}`);

/** Remembered until the tab is closed. */
export const inTab = (key: string) => kept(() => sessionStorage, `roomcast.${key}`);

/** Forgets all that is remembered in the tab under keys that begin so. */
export function forgetInTab(beginning: string): void {
  try {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(`roomcast.${beginning}`));
    for (const key of keys) sessionStorage.removeItem(key);
  } catch {
    // Then nothing is remembered.
  }
}
