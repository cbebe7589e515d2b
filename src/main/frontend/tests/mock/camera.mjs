import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { page as servePage } from './main.mjs';
import { talk } from './model.mjs';
import { MockServer } from './server.mjs';

/** Takes pictures of the page in a real browser, on a mock server, and notes what axe and the browser complain of. */
export class Camera {
  problems = [];
  server = new MockServer({ model: talk(12) });

  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.server.page = servePage;
  }

  async open() {
    await this.server.listen(9201);
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    return this;
  }

  person = async (
    name,
    { colorScheme = 'light', width = 1280, height = 820, mobile = false, reducedMotion } = {},
  ) => {
    const context = await this.browser.newContext({
      colorScheme,
      reducedMotion,
      viewport: { width, height },
      hasTouch: mobile,
      isMobile: mobile,
      deviceScaleFactor: mobile ? 2 : 1,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.problems.push(`${name}: ${error.message}`));
    page.on('console', (line) => line.type() === 'error' && this.problems.push(`${name}: ${line.text()}`));
    return page;
  };

  enter = async (page, name, room) => {
    await page.goto(`${this.server.url}#/${room}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Enter the room' }).click();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  };

  write = (page, text) => page.getByLabel('Your question or message').fill(text);

  shot = async (page, name) => {
    await page.screenshot({ path: `${this.folder}/${name}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) {
      const where = nodes.map(({ html }) => html.slice(0, 120)).join(' | ');
      this.problems.push(`${name}: axe ${impact} ${id}: ${where}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) this.problems.push(`${name}: ${wide} px wider than the window`);
  };

  /** Says what there is to complain of; gives the exit code. */
  async close() {
    await this.browser.close();
    await this.server.close();
    // The blocked sockets are meant to fail.
    const real = this.problems.filter(
      (problem) =>
        !/WebSocket connection|status of (4|5)\d\d|ERR_CONNECTION|Content Security Policy|violates/.test(
          problem,
        ),
    );
    console.log(real.length === 0 ? `Nothing to complain about. Pictures: ${this.folder}` : real.join('\n'));
    return real.length === 0 ? 0 : 1;
  }
}
