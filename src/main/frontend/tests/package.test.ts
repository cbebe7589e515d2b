import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

// What somebody gets who installs the client library: packed by npm, unpacked where only it is.

const client = fileURLToPath(new URL('../client', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'roomcast-client-'));
const installed = join(folder, 'node_modules/roomcast-client');
const shell = process.platform === 'win32';

beforeAll(() => {
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: client,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell,
  });
  const [packed] = JSON.parse(printed.slice(printed.indexOf('['))) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1']);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('it needs nothing else at run time, and runs', () => {
  const about = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(about.dependencies).toBeUndefined();
  writeFileSync(
    join(folder, 'use.js'),
    `import * as roomcast from 'roomcast-client'; console.log(Object.keys(roomcast).join());`,
  );
  const exported = execFileSync('node', ['use.js'], { cwd: folder, encoding: 'utf8' });
  expect(exported.trim().split(',')).toContain('joinRoom');
});

test('it has types, which a strict project compiles against', () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import { joinRoom } from 'roomcast-client';
const room = joinRoom('standup', { url: 'http://localhost:9080/' });
// @ts-expect-error a question is a text
room.ask(42);
`,
  );
  const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
  ];
  execFileSync('node', [tsc, ...options, 'use.ts'], { cwd: folder, stdio: 'inherit' });
});
