// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App as AppType } from '../../ui/app/App.tsx';
import type { Provider } from '../../ui/app/provider.ts';
import { SignIn } from '../../ui/app/signIn.ts';
import { SignInPage } from '../../ui/lobby/SignInPage.tsx';
import { draftOf } from '../../ui/room/draft.ts';

let App: typeof AppType;
let login: object | undefined;

beforeEach(async () => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('CSS', { supports: () => false });
  vi.stubGlobal('fetch', (url: string | URL) =>
    Promise.resolve(
      String(url) === 'api/about'
        ? Response.json({ identity: 'oidc', login, model: 'demo' })
        : new Response('', { status: 404 }),
    ),
  );
  sessionStorage.clear();
  location.hash = '';
  ({ App } = await import('../../ui/app/App.tsx'));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a server whose page has no client at the provider says what its operator sets', async () => {
  login = undefined;
  render(<App />);
  await screen.findByText('roomcast.login.client-id');
  expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull();
});

test('who has not signed in is asked to, and not for a name; where the provider is away it says so', async () => {
  login = { authority: 'https://id.example.com', clientId: 'page', scope: 'openid' };
  location.hash = '#/tea';
  render(<App />);
  const button = await screen.findByRole('button', { name: 'Sign in' }, { timeout: 10_000 });
  expect(screen.getByRole('heading').textContent).toBe('Join tea');
  expect([screen.queryByRole('textbox'), screen.queryByText('Development identity')]).toEqual([null, null]);
  fireEvent.click(button);
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
});

/** What the page sees while a provider does as it is told. */
async function watch(provider: Partial<Provider>, act: (signIn: SignIn) => void = () => {}) {
  const fake = class {
    constructor() {
      return provider;
    }
  };
  const signIn = new SignIn({ authority: 'x', clientId: 'y', scope: 'z' }, () =>
    Promise.resolve({ Provider: fake as unknown as typeof Provider }),
  );
  const seen = [signIn.state()];
  signIn.subscribe(() => seen.push(signIn.state()));
  await vi.waitFor(() => expect(signIn.state().is).not.toBe('looking'));
  act(signIn);
  await new Promise((resolve) => setTimeout(resolve));
  return seen.map((state) => ('why' in state ? `${state.is}: ${state.why}` : state.is));
}

const ana = { user: 'u1', name: 'Ana' };

test('somebody known is in, and out after signing out, without their drafts, also if the provider is away then', async () => {
  const signOut = () => Promise.reject(new Error('away'));
  const who = () => Promise.resolve(ana);
  const draft = draftOf('u1', 'tea');
  draft.write('Half a thought');
  expect(await watch({ who, signOut }, (signIn) => signIn.signOut())).toEqual([
    'looking',
    'in',
    'leaving',
    'out',
  ]);
  expect(draft.read()).toBeUndefined();
});

test.each(['signIn', 'signOut'] as const)('who comes back while %s leads away may sign in', async (leave) => {
  const never = () => new Promise<void>(() => {});
  const provider = { who: () => Promise.resolve(ana), signIn: never, signOut: never };
  const come = (persisted: boolean) => dispatchEvent(new PageTransitionEvent('pageshow', { persisted }));
  const seen = await watch(provider, (signIn) => {
    come(true); // Nothing has begun yet.
    signIn[leave]();
    come(false);
    come(true);
  });
  expect(seen).toEqual(['looking', 'in', 'leaving', 'out']);
});

test('a return that went wrong says so', async () => {
  const who = () => Promise.reject(new Error('state'));
  expect(await watch({ who })).toEqual(['looking', 'out: Signing in did not work out. Try again.']);
});

test('where what signs people in cannot be loaded the page offers to load itself anew', async () => {
  const signIn = new SignIn({ authority: 'x', clientId: 'y', scope: 'z' }, () => Promise.reject(new Error()));
  const incomplete = { is: 'out', why: 'A part of this page could not be loaded.', reload: true };
  await vi.waitFor(() => expect(signIn.state()).toEqual(incomplete));
  signIn.signIn();
  await vi.waitFor(() => expect(signIn.state()).toEqual(incomplete));
  render(<SignInPage room="tea" why="…" reload leaving={false} signIn={signIn.signIn} />);
  expect(screen.getAllByRole('button').at(-1)?.textContent).toBe('Reload the page');
});

test('without a secure connection it says so, and does not try', async () => {
  vi.stubGlobal('isSecureContext', false);
  expect(await watch({})).toEqual(['out: Signing in needs a secure connection: open this page by https.']);
  await act(async () => {});
});
