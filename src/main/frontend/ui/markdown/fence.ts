const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** What a line may be to a block of code: that which begins it, or that which ends it. */
export function fenceOf(line: string) {
  const [, mark, info = ''] = fence.exec(line) ?? [];
  if (mark === undefined) return undefined;
  return {
    mark,
    /** Between three backticks in one line there is code within words. */
    opens: mark.startsWith('~') || !info.includes('`'),
    closes: (opened: string) => mark.startsWith(opened) && info.trim() === '',
  };
}
