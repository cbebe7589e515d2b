/** The part of a browser's WebSocket that this library uses. */
export interface Socket {
  send(text: string): void;
  close(code?: number): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** Everything that this library needs of the world around it, so that tests can own the clock, the dice and the network. */
export interface Platform {
  /** Milliseconds; only differences and, for our own items under way, the date matter. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** Opens a socket, or throws where there are none. */
  socket(url: URL): Socket;
  /** False only if the machine knows that it has no network. */
  online(): boolean;
  /** Calls `run` whenever it is worth trying now: the network is back, the page is looked at again. */
  onWake(run: () => void): () => void;
}

/** The platform of a browser, and of Node as far as it goes. */
export const browser: Platform = {
  now: () => Date.now(),
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
  random: () => Math.random(),
  fetch: (url, init) => globalThis.fetch(url, init),
  socket: (url) => new globalThis.WebSocket(url) as Socket,
  online: () => globalThis.navigator?.onLine !== false,
  onWake(run) {
    const page = globalThis.document as Document | undefined;
    const seen = () => page?.visibilityState === 'visible' && run();
    globalThis.addEventListener?.('online', run);
    page?.addEventListener('visibilitychange', seen);
    return () => {
      globalThis.removeEventListener?.('online', run);
      page?.removeEventListener('visibilitychange', seen);
    };
  },
};
