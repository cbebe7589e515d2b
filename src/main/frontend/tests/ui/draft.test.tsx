// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused, type GetToken } from '../../react/index.ts';
import type { Session } from '../../ui/app/session.ts';
import { draftOf, forgetDrafts } from '../../ui/room/draft.ts';
import { stubWhatJsdomLacks } from './jsdom.ts';

let show: (room: string, token?: GetToken) => { signInAgain: () => void };

beforeEach(async () => {
  stubWhatJsdomLacks();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
  sessionStorage.clear();
  const { RoomPage } = await import('../../ui/room/RoomPage.tsx');
  show = (room, token = () => new Promise(() => {})) => {
    const provider = { signOut: vi.fn(), signInAgain: vi.fn() };
    const session = { user: 'u1', name: 'Ana', token, rooms: {}, provider } as unknown as Session;
    const limits = { prompt: 100, message: 50 };
    const about = { identity: 'oidc', model: 'demo', login: undefined, limits } as const;
    render(
      <StrictMode>
        <RoomPage room={room} session={session} about={about} />
      </StrictMode>,
    );
    return provider;
  };
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const area = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const write = (value: string) => fireEvent.change(area(), { target: { value } });

const say = (words: string) => {
  write(words);
  fireEvent.keyDown(area(), { key: 'Enter', ctrlKey: true });
};
const goAway = () => fireEvent(window, new Event('pagehide'));
const left = () => new Promise((resolve) => setTimeout(resolve, 1_100));

test('what one was writing is there again after the page was left, until it is sent', () => {
  show('tea');
  write('Half a thou');
  cleanup();
  show('tea');
  expect(area().value).toBe('Half a thou');
  fireEvent.keyDown(area(), { key: 'Enter' });
  cleanup();
  show('tea');
  expect(area().value).toBe('');
});

test('who has to sign in again finds there what they wrote, and what was not taken any more', async () => {
  let end = () => {};
  const ended = new Promise<string>((_, reject) => {
    end = () => reject(new Refused('unauthorized', 'Your sign-in ended.'));
  });
  const { signInAgain } = show('milk', () => ended);
  write('Why?');
  fireEvent.keyDown(area(), { key: 'Enter' });
  write('And how');
  end();
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in again' }, { timeout: 5_000 }));
  expect(signInAgain).toHaveBeenCalledOnce();
  goAway();
  cleanup();
  show('milk');
  expect(area().value).toBe('Why?\n\nAnd how');
});

test('what was not sent when one went to another room is there again, once, before what one was writing', async () => {
  show('rum');
  say('See you at 5');
  say('Or at 6');
  write('Half a thou');
  cleanup();
  show('gin');
  say('Another room');
  await left();
  cleanup();
  show('rum');
  expect(area().value).toBe('See you at 5\n\nOr at 6\n\nHalf a thou');
  expect(screen.queryByText(/You left before/)).toBeNull(); // It never went out.
  cleanup();
  await left();
  show('rum');
  expect(area().value).toBe('See you at 5\n\nOr at 6\n\nHalf a thou');
  write('');
  cleanup();
  show('rum');
  expect(area().value).toBe('');
});

test('who comes back at once finds it on its way still, and not a second time', async () => {
  show('ale');
  say('See you at 5');
  cleanup();
  show('ale');
  expect(area().value).toBe('');
  expect(await screen.findByText('See you at 5')).toBeDefined();
});

test('what was not sent when the page went away is kept, unless the page comes back as it was', () => {
  show('cola');
  say('See you at 5');
  goAway();
  goAway();
  expect(draftOf('u1', 'cola').read()).toBe('See you at 5');
  fireEvent(window, Object.assign(new Event('pageshow'), { persisted: true }));
  expect(draftOf('u1', 'cola').read()).toBeUndefined();
});

test('of who signed out nothing is kept any more', async () => {
  show('mate');
  say('See you at 5');
  write('Half a thou');
  forgetDrafts();
  goAway();
  cleanup();
  await left();
  expect(sessionStorage).toHaveLength(0);
});

test('that something may have been said already is told with it, until it is taken out', () => {
  const why = new Refused('closed', 'The room was left.', true);
  const words = { key: 'c1', kind: 'message', content: 'See you at 5', why, notBefore: 0 } as const;
  draftOf('u1', 'mead').keep([{ ...words, firstSent: 1 }]);
  show('mead');
  expect(area().value).toBe('See you at 5');
  const told = screen.getByText(/You left before the server answered/);
  expect(area().getAttribute('aria-describedby')).toContain(told.id);
  write('');
  expect(screen.queryByText(/You left before/)).toBeNull();
});

test.each([
  ['rate-limited', 1, false],
  ['unavailable', 1, true],
  ['closed', 1, true],
  ['closed', undefined, false],
])(
  'of what was refused as %s, sent at %s, it is %s that it may have been said',
  (code, firstSent, perhaps) => {
    const words = { key: 'c1', kind: 'message', content: 'Tea?', notBefore: 0, firstSent } as const;
    const draft = draftOf('u1', 'tea');
    draft.keep([{ ...words, why: new Refused(code, 'No.', true) }]);
    expect(draft.perhapsSaid()).toBe(perhaps);
  },
);
