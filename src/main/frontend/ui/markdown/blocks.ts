import { fenceOf } from './fence.ts';

/** Code that begins where an item of a list does: its lines are not looked into here. */
const codeInItem = /^\s*(?:[-*+]|\d{1,9}[.)]|>)\s*(?:`{3,}|~{3,})/;
const continues = /^(?: |\t|[-*+] |\d{1,9}[.)] |>|\|)/;
const definition = /^ {0,3}\[[^\]]+\]:/;

/**
 * Cuts Markdown into blocks that can be rendered one by one with the same result, so that while an answer grows only
 * its last block is rendered again. Cautious: a blank line cuts only where what follows surely begins something new,
 * and a text with link or footnote definitions, which work across blocks, or with code on the first line of an item
 * stays whole.
 */
export function blocks(text: string): string[] {
  const found: string[] = [];
  let lines: string[] = [];
  let open: string | undefined; // The fence of the code block that we are in.
  let afterBlank = false;
  for (const line of text.split('\n')) {
    const fence = fenceOf(line);
    if (open === undefined && (definition.test(line) || codeInItem.test(line))) return [text];
    if (open === undefined && afterBlank && line.trim() !== '' && !continues.test(line)) {
      found.push(lines.join('\n'));
      lines = [];
    }
    if (open === undefined) open = fence?.opens ? fence.mark : undefined;
    else if (fence?.closes(open)) open = undefined;
    lines.push(line);
    afterBlank = open === undefined && line.trim() === '';
  }
  found.push(lines.join('\n'));
  return found;
}
