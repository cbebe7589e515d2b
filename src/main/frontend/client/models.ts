import { isObject, list, text } from './json.ts';
import type { Platform } from './platform.ts';

/** A model that may be asked. */
export interface Model {
  name: string;
  /** What it is there for, such as `default` or `fast`; empty if for nothing in particular. */
  role: string;
}

/** Whom to ask: without either the default. */
export interface AskOptions {
  /** The name of one of `view.models`. */
  model?: string | undefined;
  /** Instead of a name: whichever is there for this, such as `fast`; the default where none is. */
  role?: string | undefined;
}

/** How to ask for this one: by what it is there for, since that stays when models are exchanged, else by its name. */
export const askFor = ({ name, role }: Model): AskOptions => (role === '' ? { model: name } : { role });

/** More than these are not offered, whatever a server says. */
const MOST = 100;

/** Asks a server which models it has, the default first. Rejects if it does not say. */
export async function askModels(base: URL, platform: Platform): Promise<readonly Model[]> {
  const response = await platform.fetch(new URL('api/about', base), { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const about: unknown = await response.json();
  const told = isObject(about) ? about : {};
  const named = list(told.models, ({ name, role }) =>
    typeof name === 'string' && name !== '' ? { name, role: text(role) ?? '' } : undefined,
  );
  // `model` is the one that answers where nobody chose.
  const rank = ({ name, role }: Model) => (name === told.model ? 0 : role === 'default' ? 1 : 2);
  const models = [...named, ...byRoleAlone(told, named)];
  return models.slice(0, MOST).sort((a, b) => rank(a) - rank(b));
}

/** Those that may be asked by what they are there for, but not by their names. */
function byRoleAlone({ roles, model }: Record<string, unknown>, named: readonly Model[]): Model[] {
  return Object.entries(isObject(roles) ? roles : {}).flatMap(([role, name]) => {
    const known = typeof name !== 'string' || name === '' || named.some((other) => other.name === name);
    // The default has the roles that no other has, and yet is there once.
    return known || (role === 'default') !== (name === model) ? [] : [{ name, role }];
  });
}
