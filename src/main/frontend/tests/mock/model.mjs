const passages = {
  code: `Here is a small parser for **event streams**. It keeps half lines for the next read:

\`\`\`ts
function* lines(chunks: Iterable<string>) {
  let rest = '';
  for (const chunk of chunks) {
    const parts = (rest + chunk).split(/\\r\\n|\\n|\\r/);
    rest = parts.pop() ?? '';
    yield* parts; // Each is a whole line.
  }
}
\`\`\`

Three things to watch:

1. A \`CR\` at the end of one read and an \`LF\` at the start of the next are *one* line end.
2. A character may be cut in two: decode with \`{ stream: true }\`.
3. Comments keep the connection alive; they are not events.
`,
  table: `The room's languages at a glance:

| Language | "Good morning" | Formal? |
|---|---|---|
| German | Guten Morgen | yes |
| French | Bonjour | both |
| Portuguese | Bom dia | both |

> In French it is said until the evening.

See [the guide](https://example.org/guide) for more.
`,
};

/** A model of a demo: says a passage word by word, one every `pace` ms. */
export const talk = (pace) => (room, answerId, prompt) => {
  const text = passages[/translat|language/i.test(prompt) ? 'table' : 'code'];
  const words = text.match(/\s*\S+\s?/g);
  const next = (i) => {
    if (i === words.length)
      room.end(answerId, 'complete', { usage: { promptTokens: 12, completionTokens: i } });
    else if (room.write(answerId, words[i])) setTimeout(next, pace, i + 1);
  };
  setTimeout(next, pace, 0);
};
