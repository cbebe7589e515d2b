import { isObject, list, text } from './json.ts';
import type { Platform } from './platform.ts';

/** A model that may be asked, by the name that a question gives. */
export interface Model {
  name: string;
  /** What it is there for, such as `default` or `fast`; empty if for nothing in particular. */
  role: string;
}

/** More than these are not offered, whatever a server says. */
const MOST = 100;

/** Asks a server which models it has, the default first. Rejects if it does not say. */
export async function askModels(base: URL, platform: Platform): Promise<readonly Model[]> {
  const response = await platform.fetch(new URL('api/about', base), { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const about: unknown = await response.json();
  const told = isObject(about) ? about : {};
  const models = list(told.models, ({ name, role }) =>
    typeof name === 'string' && name !== '' ? { name, role: text(role) ?? '' } : undefined,
  );
  // `model` is the one that answers where nobody chose.
  const rank = ({ name, role }: Model) => (name === told.model ? 0 : role === 'default' ? 1 : 2);
  return models.slice(0, MOST).sort((a, b) => rank(a) - rank(b));
}
