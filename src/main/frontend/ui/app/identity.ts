import { Refused } from '../../react/index.ts';
import { inTab, onMachine } from './stored.ts';

/** The name that the visitor chose, remembered on this machine. */
export const storedName = onMachine('name');

interface Pass {
  name: string;
  token: string;
  endsAt: number;
}

const storedPass = inTab('pass');

function known(name: string): Pass | undefined {
  try {
    const pass = JSON.parse(storedPass.read() ?? '') as Pass;
    return pass.name === name && pass.endsAt > Date.now() ? pass : undefined;
  } catch {
    return undefined;
  }
}

async function fetchPass(name: string): Promise<Pass> {
  const response = await fetch('api/dev/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const body = (await response.json().catch(() => ({}))) as {
    token?: string;
    expiresInMs?: number;
    message?: string;
  };
  if (response.ok && body.token) {
    return { name, token: body.token, endsAt: Date.now() + (body.expiresInMs ?? 0) };
  }
  if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
  // Asking again would bring the same answer: a name it does not take, or not a visitor from its own machine.
  throw new Refused('unauthorized', body.message ?? 'The development identity is not open to you.');
}

/** The token of the development identity for a name; a new one if the last was refused. */
export async function developmentToken(name: string, refused: boolean): Promise<string> {
  const pass = (refused ? undefined : known(name)) ?? (await fetchPass(name));
  storedPass.write(JSON.stringify(pass));
  return pass.token;
}
