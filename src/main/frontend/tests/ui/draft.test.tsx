// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused, type GetToken } from '../../react/index.ts';
import type { Session } from '../../ui/app/session.ts';
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
    render(<RoomPage room={room} session={session} about={about} />);
    return provider;
  };
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const area = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const write = (value: string) => fireEvent.change(area(), { target: { value } });

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
  cleanup();
  show('milk');
  expect(area().value).toBe('Why?\n\nAnd how');
});
