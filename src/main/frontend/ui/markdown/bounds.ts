import type { Element, Root } from 'hast';
import { fenceOf } from './fence.ts';

/*
 * What the parser does grows with the square of some things that a text may have many of, and recursion in it ends with
 * the stack. A text beyond these bounds, which no answer for people to read comes near, is shown as it was written.
 */

/** Quotes and lists within each other. */
const DEEPEST = 50;
/** Quotes and list items in all lines together. */
const MOST_CONTAINERS = 1_000;
/** Signs of emphasis without a blank line between them, and brackets of links. */
const MOST_MARKS = 1_000;
const MOST_BRACKETS = 2_000;
/** Characters of one block, and of such as is no code. */
const LONGEST = 200_000;
const LONGEST_WORDS = 50_000;
/** Characters of code with colours. */
const LONGEST_COLOURED = 30_000;
/** Elements within each other: they are drawn by recursion, too. */
const DEEPEST_ELEMENT = 100;

const start = /^(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const container = />|[-*+]|\d+/g;

const many = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

/** Whether a block, parsed by itself, may cost too much. */
export function isTooMuch(block: string): boolean {
  if (block.length > LONGEST) return true;
  const lines = block.split('\n');
  const rest = lines.slice(afterCode(lines));
  let containers = 0;
  let marks = 0;
  let brackets = 0;
  let length = 0;
  for (const line of rest) {
    const before = start.exec(line)?.[0] ?? '';
    const opened = many(before, container);
    // A list item may be within those of the lines before, by two columns each.
    const within = opened && before.replaceAll('\t', '    ').length / 2;
    containers += opened;
    marks = line.trim() === '' ? 0 : marks + many(line, /[*_~]+/g);
    brackets += many(line, /[[\]]/g);
    length += line.length + 1;
    if (
      Math.max(opened, within) > DEEPEST ||
      containers > MOST_CONTAINERS ||
      marks > MOST_MARKS ||
      brackets > MOST_BRACKETS ||
      length > LONGEST_WORDS
    ) {
      return true;
    }
  }
  return false;
}

/** The first line behind the code block that a block begins with: in code nothing is looked for. */
function afterCode(lines: string[]): number {
  const code = fenceOf(lines[0] ?? '');
  if (!code?.opens) return 0;
  const end = lines.findIndex((line, i) => i > 0 && fenceOf(line)?.closes(code.mark));
  return end < 0 ? lines.length : end + 1;
}

/** Long code has no colours, and what is too deep is its words alone. A plugin for rehype. */
export function bounded() {
  return (root: Root) => {
    let level: (Root | Element)[] = [root];
    for (let depth = 0; level.length > 0; depth++) {
      const next: Element[] = [];
      for (const parent of level) {
        if (depth === DEEPEST_ELEMENT) parent.children = [{ type: 'text', value: textOf(parent) }];
        for (const child of parent.children) {
          if (child.type !== 'element') continue;
          if (child.tagName === 'code' && textOf(child).length > LONGEST_COLOURED) {
            child.properties['className'] = [...classes(child), 'no-highlight'];
          }
          next.push(child);
        }
      }
      level = next;
    }
  };
}

const classes = ({ properties: { className } }: Element) => (Array.isArray(className) ? className : []);

/** Without recursion: it may be as deep as the text had it. */
function textOf(parent: Root | Element): string {
  const words: string[] = [];
  const ahead = [...parent.children].reverse();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (node.type === 'text') words.push(node.value);
    if (node.type === 'element') ahead.push(...[...node.children].reverse());
  }
  return words.join('');
}
