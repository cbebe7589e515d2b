const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * The line that opens the code block in which a text ends, or nothing: so that what comes after a text that was cut
 * there can be shown as the code that it is.
 */
export function openFence(text: string): string {
  let open: { mark: string; line: string } | undefined;
  for (const line of text.split('\n')) {
    const [, mark, info = ''] = fence.exec(line) ?? [];
    if (mark === undefined) continue;
    if (open === undefined) {
      if (mark.startsWith('~') || !info.includes('`')) open = { mark, line };
    } else if (mark.startsWith(open.mark) && info.trim() === '') open = undefined;
  }
  return open ? `${open.line.trimStart()}\n` : '';
}
