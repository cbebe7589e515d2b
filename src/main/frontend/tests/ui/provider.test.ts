// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { Provider } from '../../ui/app/provider.ts';

const authority = 'https://id.example.com/us';
const login = { authority, clientId: 'page', scope: 'openid profile' };
const home = 'http://localhost:3000/rooms/';
const now = () => Math.floor(Date.now() / 1000);

let asked: string[];
let answer: (body: string) => Response | Promise<Response>;

/** What the browser holds of somebody who signed in. */
function signedIn(more: object = {}) {
  const user = {
    access_token: 'access-1',
    refresh_token: 'refresh-1',
    token_type: 'Bearer',
    scope: login.scope,
    profile: { sub: 'u1', name: 'Ana Lee', iss: authority, aud: 'page', exp: now() + 600, iat: now() },
    expires_at: now() + 600,
    ...more,
  };
  sessionStorage.setItem(`roomcast.user.user:${authority}:page`, JSON.stringify(user));
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  asked = [];
  let count = 1;
  answer = () => {
    count++;
    return Response.json({
      access_token: `access-${count}`,
      refresh_token: `refresh-${count}`,
      token_type: 'Bearer',
      expires_in: 300,
    });
  };
  vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => {
    if (String(url).endsWith('openid-configuration')) {
      return Response.json({ issuer: authority, token_endpoint: `${authority}/token` });
    }
    const body = String(init?.body);
    asked.push(new URLSearchParams(body).get('refresh_token') ?? '');
    return answer(body);
  });
});

test('who signed in before is known, also when only the refresh token is still good', async () => {
  expect(await new Provider(login, home).who()).toBeUndefined();
  signedIn();
  expect(await new Provider(login, home).who()).toEqual({ user: 'u1', name: 'Ana Lee' });
  signedIn({ expires_at: now() - 60 });
  expect(await new Provider(login, home).who()).toMatchObject({ user: 'u1' });
  signedIn({ expires_at: now() - 60, refresh_token: undefined });
  expect(await new Provider(login, home).who()).toBeUndefined();
});

test('a token that is good is given as it is, with its end', async () => {
  signedIn();
  const { token, until } = await new Provider(login, home).token(false);
  expect([token, asked]).toEqual(['access-1', []]);
  expect(until! - Date.now()).toBeGreaterThan(590_000);
});

test('one that was refused or is about to end is renewed, once for all who ask, with the newest refresh token', async () => {
  signedIn({ expires_at: now() + 3 });
  const provider = new Provider(login, home);
  const both = await Promise.all([provider.token(false), provider.token(true)]);
  expect(both.map(({ token }) => token)).toEqual(['access-2', 'access-2']);
  expect((await provider.token(true)).token).toBe('access-3');
  expect(asked).toEqual(['refresh-1', 'refresh-2']);
});

test('once the provider ended the sign-in only signing in helps; while it is away waiting does', async () => {
  signedIn();
  const provider = new Provider(login, home);
  answer = () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 });
  await expect(provider.token(true)).rejects.not.toMatchObject({ code: 'unauthorized' });
  answer = () => Promise.reject(new TypeError('no network'));
  await expect(provider.token(true)).rejects.not.toMatchObject({ code: 'unauthorized' });
  answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
  await expect(provider.token(true)).rejects.toMatchObject({ code: 'unauthorized' });
});

test('without a refresh token nothing is asked behind the back, and no frame is opened', async () => {
  signedIn({ refresh_token: undefined });
  await expect(new Provider(login, home).token(true)).rejects.toMatchObject({ code: 'unauthorized' });
  expect([asked, document.querySelector('iframe')]).toEqual([[], null]);
});

test('what is kept is kept in this tab only', async () => {
  signedIn();
  await new Provider(login, home).token(true);
  expect(localStorage).toHaveLength(0);
});

test.each(['?code=stolen&state=made-up', '?error=access_denied&state=made-up'])(
  'a return that nobody waits for (%s) is refused, and does not stay in the address',
  async (search) => {
    history.replaceState(null, '', `/rooms/${search}`);
    await expect(new Provider(login, home).who()).rejects.toThrow();
    expect(location.href).toBe(home);
    expect(asked).toEqual([]);
  },
);
