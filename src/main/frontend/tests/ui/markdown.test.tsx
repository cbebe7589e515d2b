// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { blocks } from '../../ui/markdown/blocks.ts';
import Markdown from '../../ui/markdown/Markdown.tsx';

/** Nothing takes any time, so that nothing is put off. */
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterAll(() => void vi.useRealTimers());

afterEach(cleanup);

const show = (text: string) => render(<Markdown text={text} growing={false} />).container;

const documents = {
  paragraphs: 'One.\n\nTwo,\nwith two lines.\n\n\nThree.',
  headings: '# A\n\ntext\n\n## B\ntext\n\nSetext\n---\n\nmore',
  'loose and tight lists': '1. a\n\n2. b\n\n   more of b\n\n3. c\n\ntext\n\n- x\n- y\n\n  - z\n\nend',
  'fences with blank lines': 'text\n\n```ts\na\n\n\n  b\n```\n\ntext\n\n~~~~\n```\n\n~~~\n~~~~\n\nend',
  'a fence in a list': '- a\n\n  ```\n  code\n\n  more\n  ```\n\n- b',
  'an open fence': 'text\n\n```ts\nlet a;\n\nlet b;',
  'code within words that looks like a fence':
    'Run:\n\n```npm install```\n\nThen:\n\n```\nconst a = 1;\n\nconst b = 2;\n```\n\nDone.',
  'code that begins with its item': '1. ```bash\n   one\n   ```\n\ntext\n\n```\na\n\nb\n```\n\nend',
  tables: 'text\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend',
  quotes: '> a\n>\n> b\n\n> c\n\nend\n\nlazy\n> d\ne\n\nf',
  'indented code': 'text\n\n    code\n\n    more\n\nend',
  'link definitions': 'See [a][1].\n\nMore.\n\n[1]: https://example.org',
  footnotes: 'See this.[^1]\n\nMore.\n\n[^1]: The note.',
  html: '<div>\n\n*a*\n\n</div>\n\n<script>alert(1)</script>',
};

test.each(Object.entries(documents))('block by block %s look as they do as one', (_, text) => {
  const whole = show(`[x]: y\n\n${text}`).innerHTML; // Stays one block.
  cleanup();
  const cut = show(text).innerHTML;
  const plain = (html: string) => html.replace(/\n/g, '');
  expect(plain(cut)).toBe(plain(whole));
});

test('while a text grows the finished blocks stay the same', () => {
  const text = documents['fences with blank lines'] + documents['loose and tight lists'];
  for (let i = 1; i < text.length; i++) {
    const now = blocks(text.slice(0, i));
    const before = blocks(text.slice(0, i - 1));
    expect(now.join('\n')).toBe(text.slice(0, i));
    expect(now.length).toBeGreaterThanOrEqual(before.length - 1);
  }
  expect(blocks('a\n\nb\n\nc')).toEqual(['a\n', 'b\n', 'c']);
  expect(blocks(documents['link definitions'])).toHaveLength(1);
  expect(blocks('a\n\n```ts\n[key]: value\n```\n\nb')).toHaveLength(3);
});

test('a growing text renders only its last block anew', () => {
  const { container, rerender } = render(<Markdown text={'One.\n\nTwo'} growing />);
  const first = container.querySelector('p');
  rerender(<Markdown text={'One.\n\nTwo, and more'} growing />);
  expect(container.querySelector('p')).toBe(first);
  expect(container.textContent).toContain('Two, and more');
});

test('links lead to the web and to letters only, and tell nobody where they were clicked', () => {
  const page = show(
    '[a](https://example.org) [b](mailto:x@example.org) [c](javascript:alert(1)) [d](data:text/html,x) [e](/admin) [f](#/room) [g]( javascript:x) https://auto.example',
  );
  const links = [...page.querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    'https://example.org',
    'mailto:x@example.org',
    'https://auto.example',
  ]);
  for (const link of links) {
    expect(link.rel).toBe('noopener noreferrer nofollow');
    expect(link.referrerPolicy || link.getAttribute('referrerpolicy')).toBe('no-referrer');
    expect(link.target).toBe('_blank');
  }
  expect(page.textContent).toContain('c');
});

test('no image is loaded: it would tell its server who reads', () => {
  const page = show(
    '![a cat](https://example.org/cat.png) ![](javascript:x) <img src="https://example.org/x">',
  );
  expect(page.querySelectorAll('img')).toHaveLength(0);
  expect(page.querySelector('a')?.textContent).toBe('a cat');
});

test('HTML is text', () => {
  const page = show(
    '<script>alert(1)</script>\n\n<b onclick="x()">bold</b>\n\n<iframe src="https://example.org"></iframe>',
  );
  expect(page.querySelector('script, b, iframe')).toBeNull();
});

test('code has its language, its colours and a way to copy it', () => {
  const page = show('```ts\nconst a = 1;\n```');
  expect(page.querySelector('.hljs-keyword')?.textContent).toBe('const');
  expect(page.querySelector('pre')?.getAttribute('aria-label')).toBe('Code, ts');
  expect(page.querySelector('button')?.textContent).toBe('Copy code');
});
