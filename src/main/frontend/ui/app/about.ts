import { useEffect, useState } from 'react';

/** Where and as which client people sign in. */
export interface Login {
  authority: string;
  clientId: string;
  scope: string;
}

/** What the server says of itself (`api/about`). */
export interface About {
  identity: 'development' | 'none' | 'oidc';
  model: string;
  /** Absent if this page cannot let anybody sign in. */
  login: Login | undefined;
  /** The most characters (UTF-16 code units) of a prompt and of a message. */
  limits: { prompt: number; message: number };
}

const RETRY_MS = 3_000;

async function ask(signal: AbortSignal): Promise<About> {
  const response = await fetch('api/about', { signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const { identity, model, login, limits } = (await response.json()) as Partial<About>;
  return {
    identity: identity ?? 'none',
    model: model ?? '',
    login: login && { ...login, scope: login.scope || 'openid profile' },
    limits: { prompt: limits?.prompt ?? 16_000, message: limits?.message ?? 8_000 },
  };
}

/** Asks until the server answers. `undefined` while it is not known; `unreachable` once an attempt failed. */
export function useAbout(): About | 'unreachable' | undefined {
  const [about, setAbout] = useState<About | 'unreachable'>();
  useEffect(() => {
    const gone = new AbortController();
    let timer: number | undefined;
    const attempt = () =>
      ask(gone.signal).then(setAbout, () => {
        if (gone.signal.aborted) return;
        setAbout('unreachable');
        timer = window.setTimeout(() => void attempt(), RETRY_MS);
      });
    void attempt();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, []);
  return about;
}
