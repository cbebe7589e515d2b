import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('dist'))
    .map((file) => join(folder, file));

/** What a file imports: folders of ours by their name, packages by theirs. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const from = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name!);
  return from.map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name));
}

const inside = (file: string, folder: string) => file.startsWith(`${folder}/`);
const offenders = (folder: string, allowed: (name: string) => boolean) =>
  sources(folder).flatMap((file) =>
    imports(file)
      .filter((name) => !allowed(name))
      .map((name) => `${file} imports ${name}`),
  );

const words = (folder: string, forbidden: RegExp) =>
  sources(folder).filter((file) =>
    forbidden.test(readFileSync(join(root, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')),
  );

test('the client imports nothing but itself', () => {
  expect(sources('client').length).toBeGreaterThan(20);
  expect(offenders('client', (name) => inside(name, 'client'))).toEqual([]);
});

test("the hook imports React and the client's door, and knows no DOM", () => {
  expect(sources('react').length).toBeGreaterThan(2);
  expect(
    offenders('react', (name) => name === 'react' || name === 'client/index.ts' || inside(name, 'react')),
  ).toEqual([]);
  expect(words('react', /\b(document|window|navigator|HTML\w*Element|requestAnimationFrame)\b/)).toEqual([]);
});

test('the page reaches rooms by the hook alone, and knows no sockets', () => {
  expect(sources('ui').length).toBeGreaterThan(0);
  expect(
    offenders(
      'ui',
      (name) => !inside(name, 'client') && (!inside(name, 'react') || name === 'react/index.ts'),
    ),
  ).toEqual([]);
  expect(words('ui', /\b(WebSocket|EventSource|Transport|api\/rooms)\b/)).toEqual([]);
});

test('no file is longer than 250 lines', () => {
  const long = [...sources('client'), ...sources('react'), ...sources('ui'), ...sources('tests')].filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 251,
  );
  expect(long).toEqual([]);
});
