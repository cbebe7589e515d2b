import { ErrorResponse, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { Refused, type Token } from '../../react/index.ts';
import type { Login } from './about.ts';

/** A token that ends so soon (ms) is replaced at once. */
const SOON = 10_000;
/** What a provider says when a sign-in is over, and not only hard to reach. */
const OVER = ['invalid_grant', 'invalid_token', 'access_denied', 'login_required', 'unauthorized_client'];

const ENDED = 'Your sign-in ended. Sign in again to go on.';

interface Destination {
  hash: string;
}

/** Somebody who signed in. */
export interface Known {
  user: string;
  name: string;
}

const known = ({ profile }: User): Known => ({
  user: profile.sub,
  name: profile.name || profile.preferred_username || profile.email || profile.sub,
});

/**
 * The identity provider: signs people in by the authorization code flow with PKCE, and renews their token by the
 * refresh token, without frames. What it gave is kept in this tab's session storage, and nowhere else.
 */
export class Provider {
  readonly #manager: UserManager;
  readonly #home: string;
  #renewing: Promise<User> | undefined;

  /** `home`: the address of the page, to which the provider sends people back. */
  constructor({ authority, clientId, scope }: Login, home: string) {
    this.#home = home;
    this.#manager = new UserManager({
      authority,
      client_id: clientId,
      scope,
      redirect_uri: home,
      post_logout_redirect_uri: home,
      response_type: 'code',
      // One prefix for each: stale states are looked for, and thrown away, by theirs.
      userStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'roomcast.user.' }),
      stateStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'roomcast.login.' }),
      automaticSilentRenew: false, // Tokens are renewed when somebody needs one.
      monitorSession: false,
      requestTimeoutInSeconds: 20,
    });
  }

  /** Who comes back from signing in, or has signed in before; `undefined` if nobody. Rejects if signing in failed. */
  async who(): Promise<Known | undefined> {
    const came = new URLSearchParams(location.search);
    if (came.has('state') && (came.has('code') || came.has('error'))) return this.#finish();
    const user = await this.#manager.getUser();
    return user && (!user.expired || user.refresh_token) ? known(user) : undefined;
  }

  /** Goes to the provider; comes back to where one is now. */
  async signIn(): Promise<void> {
    const state: Destination = { hash: location.hash };
    await this.#manager.signinRedirect({ state });
  }

  /** Forgets the tokens here and, where the provider can, there; then leaves for the provider to sign out, if it can that. */
  async signOut(): Promise<void> {
    const { revocation_endpoint: revokes, end_session_endpoint: ends } = await this.#manager.metadataService
      .getMetadata()
      .catch(() => ({ revocation_endpoint: undefined, end_session_endpoint: undefined }));
    const user = await this.#manager.getUser();
    if (revokes && user?.refresh_token) await this.#manager.revokeTokens(['refresh_token']).catch(() => {});
    // Before the next line, which would put the token that names us into an address.
    await this.#manager.removeUser();
    if (ends) await this.#manager.signoutRedirect();
  }

  /** A token that is good for a while. Rejects with `Refused` once only signing in helps. */
  async token(refused: boolean): Promise<Token> {
    const user = await this.#manager.getUser();
    const fresh = user && (user.expires_at === undefined || user.expires_at * 1000 - Date.now() > SOON);
    return told(fresh && !refused ? user : await this.#renew(user));
  }

  /** Once for all who ask: a refresh token may be good for one use only. */
  #renew(user: User | null): Promise<User> {
    if (!user?.refresh_token) return Promise.reject(new Refused('unauthorized', ENDED));
    this.#renewing ??= this.#manager
      .signinSilent()
      .then((renewed) => renewed ?? Promise.reject(new Refused('unauthorized', ENDED)))
      .catch((problem: unknown) => {
        const over = problem instanceof ErrorResponse && OVER.includes(problem.error ?? '');
        throw over ? new Refused('unauthorized', ENDED) : problem;
      })
      .finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #finish(): Promise<Known> {
    let destination: unknown;
    try {
      const user = await this.#manager.signinRedirectCallback();
      destination = user.state;
      return known(user);
    } catch (problem) {
      if (problem instanceof ErrorResponse) destination = problem.state;
      throw problem;
    } finally {
      const { hash } = (destination ?? {}) as Partial<Destination>;
      // What the provider added is used up, and nobody's business.
      history.replaceState(null, '', this.#home + (hash?.startsWith('#/') ? hash : ''));
    }
  }
}

const told = ({ access_token, expires_at }: User): Token => ({
  token: access_token,
  until: expires_at === undefined ? undefined : expires_at * 1000,
});
