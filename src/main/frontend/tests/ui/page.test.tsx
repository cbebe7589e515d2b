// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App as AppType } from '../../ui/app/App.tsx';
import { stubWhatJsdomLacks } from './jsdom.ts';

/** What the server answers, by path. */
let answers: Record<string, () => Response | Promise<Response>>;
let App: typeof AppType;

beforeEach(async () => {
  stubWhatJsdomLacks();
  vi.stubGlobal('fetch', (url: string | URL) => {
    const path = new URL(url, 'http://mock').pathname.replace(/^\//, '');
    return Promise.resolve((answers[path] ?? (() => new Response('', { status: 404 })))());
  });
  answers = { 'api/about': () => about('development') };
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
  ({ App } = await import('../../ui/app/App.tsx'));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const about = (identity: string) =>
  Response.json({ identity, model: 'demo', limits: { prompt: 100, message: 50 } });

test('a server without identity says so, and lets nobody in', async () => {
  answers['api/about'] = () => about('none');
  render(<App />);
  expect((await screen.findByRole('heading')).textContent).toBe('This server has no identity configured');
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a server that is not there is waited for', async () => {
  answers['api/about'] = () => Promise.reject(new TypeError('no network'));
  render(<App />);
  await screen.findByText('The server does not answer');
  answers['api/about'] = () => about('development');
  await screen.findByLabelText('Your name', undefined, { timeout: 5_000 });
});

test('the lobby wants a name, takes any room that can be one, and goes there', async () => {
  render(<App />);
  const enter = await screen.findByRole('button', { name: 'Enter the room' });
  expect(screen.getByText('Development identity')).toBeTruthy();
  fireEvent.click(enter);
  expect(screen.getByRole('alert').textContent).toBe('Say who you are.');
  fireEvent.change(screen.getByLabelText('Your name'), { target: { value: '  Ana \u0007 María ' } });
  fireEvent.change(screen.getByLabelText('Room'), { target: { value: 'a/b' } });
  fireEvent.click(enter);
  expect(screen.getByRole('alert').textContent).toMatch(/letters, digits/);
  fireEvent.change(screen.getByLabelText('Room'), { target: { value: 'Tea Time' } });
  fireEvent.click(enter);
  await waitFor(() => expect(location.hash).toBe('#/Tea-Time'));
  expect(localStorage.getItem('roomcast.name')).toBe('Ana María');
  await screen.findByRole('heading', { name: 'Tea-Time' });
});

test('a shared link leads to its room, after the name', async () => {
  location.hash = '#/stand%20up';
  render(<App />);
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Join stand-up');
  expect(screen.getByLabelText<HTMLInputElement>('Room').value).toBe('stand-up');
});

test('a link that names no room leads to the lobby', async () => {
  localStorage.setItem('roomcast.name', 'Ana');
  for (const hash of ['#/', '#/..', '#/%E0%A4%A', '#/a%00b']) {
    location.hash = hash;
    render(<App />);
    await screen.findByRole('heading', { name: 'Ask together' });
    cleanup();
  }
});

test('where the development identity is closed the page says why and stops trying', async () => {
  const refusal = { type: 'error', code: 'not-allowed', message: 'Loopback only.', retryable: false };
  answers['api/dev/token'] = () => Response.json(refusal, { status: 403 });
  localStorage.setItem('roomcast.name', 'Ana');
  location.hash = '#/tea';
  render(<App />);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Loopback only.'), {
    timeout: 5_000,
  });
  expect(screen.getByText('Disconnected')).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').disabled).toBe(true);
  act(() => screen.getByRole('button', { name: 'Try again' }).click());
  await screen.findByText('Connecting…');
});
