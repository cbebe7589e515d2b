import type { Answer } from '../../react/index.ts';

const number = (n: number) => n.toLocaleString();

/** What an answer used, in few words and in more; nothing where that is not known. */
export function tokensOf({ usage }: Answer): { short: string; long: string } | undefined {
  const { promptTokens: asked, completionTokens: said, estimated } = usage ?? {};
  if (asked === undefined && said === undefined) return undefined;
  const about = estimated ? 'about ' : '';
  const parts = [
    asked === undefined ? '' : `${number(asked)} for the question and what was said before`,
    said === undefined ? '' : `${number(said)} for the answer`,
  ].filter(Boolean);
  return {
    short: `${estimated ? '~' : ''}${number((asked ?? 0) + (said ?? 0))} tokens`,
    long: `Tokens: ${about}${parts.join(', ')}`,
  };
}
