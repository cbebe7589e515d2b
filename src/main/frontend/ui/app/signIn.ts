import { Rooms, type GetToken } from '../../react/index.ts';
import type { Login } from './about.ts';
import { forgetDrafts } from '../room/draft.ts';
import type { Known, Provider } from './provider.ts';
import type { Session } from './session.ts';

/** `out`: nobody has signed in; `why` says so if that went wrong, `reload` that only a reload of the page helps. `leaving`: the browser is on its way to the provider. */
export type SignedIn =
  | { is: 'looking' | 'leaving' }
  | { is: 'out'; why?: string; reload?: boolean }
  | { is: 'in'; session: Session };

const INSECURE = 'Signing in needs a secure connection: open this page by https.';
const FAILED = 'Signing in did not work out. Try again.';
const AWAY = 'The identity provider cannot be reached. Try again in a moment.';

const INCOMPLETE = 'A part of this page could not be loaded.';

/** What signs people in could not be fetched: after an update of the server its file is gone, and browsers remember a failure. */
class Incomplete extends Error {}

const out = (problem: unknown, why: string): SignedIn =>
  problem instanceof Incomplete ? { is: 'out', why: INCOMPLETE, reload: true } : { is: 'out', why };

const load = () => import('./provider.ts');

/** Signing in and out at an identity provider, as something that a page can look at. One per page: a return from there counts once. */
export class SignIn {
  readonly #login: Login;
  readonly #load: () => Promise<{ Provider: typeof Provider }>;
  readonly #listeners = new Set<() => void>();
  #provider: Provider | undefined;
  #state: SignedIn = { is: 'looking' };

  constructor(login: Login, provider = load) {
    this.#login = login;
    this.#load = provider;
    void this.#look();
    // Who comes back from the provider by "Back" may find the page as it was left.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted && this.#state.is === 'leaving') this.#set({ is: 'out' });
    });
  }

  readonly state = (): SignedIn => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Leaves for the provider. */
  readonly signIn = (): void => {
    this.#set({ is: 'leaving' });
    void this.#open()
      .then((provider) => provider.signIn())
      .catch((problem: unknown) => this.#set(out(problem, AWAY)));
  };

  readonly signOut = (): void => {
    void this.#open()
      .then((provider) => provider.signOut())
      .catch(() => {}) // Here it is done in any case.
      .then(() => this.#set({ is: 'out' }));
    this.#set({ is: 'leaving' });
    forgetDrafts();
  };

  async #look(): Promise<void> {
    // Without it the browser has none of the cryptography that PKCE needs.
    if (!globalThis.isSecureContext) return this.#set({ is: 'out', why: INSECURE });
    try {
      const known = await (await this.#open()).who();
      this.#set(known ? { is: 'in', session: this.#session(known) } : { is: 'out' });
    } catch (problem) {
      this.#set(out(problem, FAILED));
    }
  }

  async #open(): Promise<Provider> {
    if (!this.#provider) {
      const { Provider } = await this.#load().catch(() => {
        throw new Incomplete();
      });
      this.#provider ??= new Provider(this.#login, new URL('./', document.baseURI).href);
    }
    return this.#provider;
  }

  #session({ user, name }: Known): Session {
    const token: GetToken = async (refused) => (await this.#open()).token(refused);
    const provider = { signOut: this.signOut, signInAgain: this.signIn };
    return { user, name, token, rooms: new Rooms({ token }), provider };
  }

  #set(state: SignedIn): void {
    this.#state = state;
    for (const changed of this.#listeners) changed();
  }
}

const known = new Map<string, SignIn>();

/** The one for this login. */
export function signInFor(login: Login): SignIn {
  const key = JSON.stringify(login);
  const one = known.get(key) ?? new SignIn(login);
  known.set(key, one);
  return one;
}
