import { fenceOf } from './fence.ts';

/**
 * The line that opens the code block in which a text ends, or nothing: so that what comes after a text that was cut
 * there can be shown as the code that it is.
 */
export function openFence(text: string): string {
  let open: { mark: string; line: string } | undefined;
  for (const line of text.split('\n')) {
    const fence = fenceOf(line);
    if (fence === undefined) continue;
    if (open === undefined) {
      if (fence.opens) open = { mark: fence.mark, line };
    } else if (fence.closes(open.mark)) open = undefined;
  }
  return open ? `${open.line.trimStart()}\n` : '';
}
