/**
 * Looks at the page with two people in a real browser, on the mock server: screenshots of each state in light and dark,
 * wide and narrow, and what axe has to say. `npm run build && npm run shots -- [folder]`.
 */
import { fileURLToPath } from 'node:url';
import { Camera } from './camera.mjs';
import { answers } from './shots-answers.mjs';
import { odd } from './shots-odd.mjs';

const target =
  process.argv[2] ?? fileURLToPath(new URL('../../../../../target/screenshots/', import.meta.url));
const camera = await new Camera(target).open();
const { server, person, enter, shot, write } = camera;

/** One kind of pictures after the other: where one breaks, the rest is taken nevertheless. */
async function take(what, pictures) {
  await pictures(camera).catch((problem) => camera.problems.push(`${what}: ${problem.message}`));
}

await take('answers', answers);
await take('odd', odd);

for (const colorScheme of ['light', 'dark']) {
  const ana = await person('Ana', { colorScheme });
  const bob = await person('Bob', { colorScheme, width: 390, height: 844, mobile: true });
  const room = `stand-up-${colorScheme}`;
  await ana.goto(server.url);
  await shot(ana, `${colorScheme}-1-lobby`);
  await enter(ana, 'Ana María', room);
  await shot(ana, `${colorScheme}-2-empty`);
  await enter(bob, 'Bob', room);
  await shot(bob, `${colorScheme}-3-empty-phone`);
  await write(bob, 'Morning! I have the parser open, but CRLF still breaks it.');
  await bob.getByRole('button', { name: 'Say' }).click();
  await write(bob, 'It only happens when the network cuts between the two.');
  await bob.getByRole('button', { name: 'Say' }).click();
  await write(ana, 'Show us a parser for event streams that survives CRLF cut in two.');
  await ana.keyboard.press('Enter');
  await ana.getByText('keeps half lines').first().waitFor();
  await shot(ana, `${colorScheme}-4-growing`);
  await shot(bob, `${colorScheme}-5-growing-phone`);
  await ana.getByRole('button', { name: 'Copy', exact: true }).waitFor();
  await write(bob, 'And translate the word for morning into three languages?');
  await bob.getByRole('button', { name: 'Ask AI' }).click();
  await bob.getByRole('cell', { name: 'Bom dia' }).waitFor();
  await ana.getByRole('button', { name: 'Copy', exact: true }).nth(1).waitFor();
  await ana.waitForTimeout(300);
  await shot(ana, `${colorScheme}-6-talk`);
  await shot(bob, `${colorScheme}-7-talk-phone`);
  await bob.getByRole('button', { name: 'People in this room' }).click();
  await shot(bob, `${colorScheme}-8-people-phone`);
  await bob.getByRole('button', { name: 'Close' }).click();
  const tea = server.room(room);
  tea.command(
    { type: 'ai-query', id: 'f', prompt: 'What broke?' },
    { person: { userId: 'bob', name: 'Bob' } },
    () => {},
  );
  tea.end([...tea.answers.keys()][0], 'failed', {
    code: 'model-down',
    message: 'The model does not answer.',
  });
  await ana.getByText('The answer failed').first().waitFor();
  await ana.getByRole('log').evaluate((box) => (box.scrollTop = 0));
  await write(ana, '/refuse');
  await ana.keyboard.press('Control+Enter');
  await ana.getByRole('alert').waitFor();
  await ana.getByRole('log').evaluate((box) => (box.scrollTop = 0));
  await ana.getByRole('button', { name: 'Jump to latest' }).waitFor();
  await shot(ana, `${colorScheme}-9-refused`);
  server.blocked.add('ws');
  server.cut();
  await ana.getByRole('status').filter({ hasText: 'over events' }).waitFor();
  await ana.getByRole('button', { name: 'Jump to latest' }).click();
  await shot(ana, `${colorScheme}-10-fallback`);
  server.blocked.clear();
  await ana.context().close();
  await bob.context().close();
}

const LONG = 'Maximiliane Wolfeschlegelsteinhausen-Bergerdorff von Nord';
for (const colorScheme of ['light', 'dark']) {
  const olga = await person('Olga', { colorScheme });
  const ben = await person('Ben', { colorScheme, width: 360, height: 740, mobile: true });
  await enter(olga, LONG, 'lobby-first');
  server.left = { questions: { left: 2, limit: 20, perMs: 60_000 } };
  await olga.goto(`${server.url}#/`);
  await olga
    .getByLabel('Title of a new private room')
    .fill('Budget of the year after the next one, with everything in it');
  await olga.getByRole('button', { name: 'New private room' }).click();
  await olga.getByRole('heading', { name: /Budget/ }).waitFor();
  const link = olga.url();
  for (const [userId, role] of [
    ['ben', 'member'],
    ['a.very.long.user.id@department.example.com', 'reader'],
    ['mo', 'moderator'],
  ]) {
    await olga.getByLabel('Invite').fill(userId);
    await olga.getByLabel('As what').selectOption(role);
    await olga.getByRole('button', { name: 'Invite', exact: true }).click();
    await olga.getByLabel(`What ${userId} may do`).waitFor();
  }
  await ben.goto(server.url);
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Enter the room' }).click();
  await ben.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  await ben.goto(link);
  await ben.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  await write(ben, 'Shall we ask the AI about it?');
  await ben.getByRole('button', { name: 'Say' }).click();
  await write(ben, 'Show us a parser for event streams.');
  await ben.getByRole('button', { name: 'Ask AI' }).click();
  await olga.getByText('keeps half lines').first().waitFor();
  await olga.getByLabel('What the AI is told here').fill('Answer briefly, and show your sources.');
  await olga.getByRole('button', { name: 'Save' }).click();
  await olga.getByText('Saved').waitFor();
  await olga.getByRole('article').first().hover();
  await shot(olga, `rights-${colorScheme}-1-owner`);
  await write(ben, '/refuse');
  await ben.getByRole('button', { name: 'Say' }).click();
  await ben.getByText('You write too fast.').waitFor();
  await shot(ben, `rights-${colorScheme}-2-refused-phone`);
  await ben.getByRole('button', { name: 'People in this room' }).click();
  await shot(ben, `rights-${colorScheme}-3-people-phone`);
  await ben.getByRole('button', { name: 'Close', exact: true }).click();
  await write(ben, 'And translate it into three languages?');
  await ben.getByRole('button', { name: 'Ask AI' }).click();
  await ben.getByText('at a glance').first().waitFor();
  await olga.getByRole('button', { name: 'Remove ben' }).click();
  await olga.getByRole('button', { name: 'Remove?' }).click();
  await ben.getByText('You may not be here any more.').waitFor();
  await shot(ben, `rights-${colorScheme}-4-removed-phone`);
  await olga.goto(`${server.url}#/`);
  await olga
    .getByRole('link', { name: /Budget/ })
    .first()
    .waitFor();
  await shot(olga, `rights-${colorScheme}-5-start`);
  server.rights.open.set('rita', 'reader');
  const rita = await person('Rita', { colorScheme, width: 390, height: 844, mobile: true });
  await enter(rita, 'Rita', `stand-up-${colorScheme}`);
  await shot(rita, `rights-${colorScheme}-6-reader-phone`);
  server.identity = 'oidc';
  await rita.goto('about:blank');
  await rita.goto(server.url);
  await rita.getByRole('heading').waitFor();
  await shot(rita, `rights-${colorScheme}-7-no-client-phone`);
  server.login = { authority: 'http://127.0.0.1:1/', clientId: 'page', scope: 'openid' };
  await olga.goto('about:blank');
  await olga.goto(`${server.url}#/a-shared-room`);
  await olga.getByRole('button', { name: 'Sign in' }).click();
  await olga.getByRole('alert').waitFor();
  await shot(olga, `rights-${colorScheme}-8-provider-away`);
  server.identity = 'development';
  server.login = undefined;
  server.left = {};
  for (const one of [olga, ben, rita]) await one.context().close();
}

const small = await person('Small', { width: 360, height: 640, mobile: true });
await enter(small, 'Someone with a rather long name', 'a-room-with-a-very-long-name-that-goes-on-and-on');
await shot(small, 'small-room');
server.identity = 'none';
await small.goto('about:blank');
await small.goto(server.url);
await small.getByRole('heading').waitFor();
await shot(small, 'small-no-identity');

process.exitCode = await camera.close();
