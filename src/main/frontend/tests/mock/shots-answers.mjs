const bob = { person: { userId: 'bob', name: 'Bob' } };
const half =
  "The parser keeps half lines for the next read:\n\n```ts\nfunction* lines(chunks: Iterable<string>) {\n  let rest = '';\n";
const rest = '  for (const chunk of chunks) yield chunk;\n}\n```\n\nThat is all there is to it.';
const usage = { promptTokens: 1210, completionTokens: 410 };

/** Pictures of questions that wait, and of answers that ended in every way there is. */
export async function answers({ server, person, enter, shot, write }) {
  server.models = [
    { name: 'house-large', role: 'default' },
    { name: 'house-small', role: 'fast' },
  ];
  server.left = {
    questions: { left: 20, limit: 20, perMs: 60_000 },
    tokens: { left: 64_200, limit: 80_000, perMs: 86_400_000 },
  };
  for (const colorScheme of ['light', 'dark']) {
    const room = `answers-${colorScheme}`;
    const tea = server.room(room);
    tea.questions.tokens = 41_200;
    tea.questions.tokensLimit = 50_000;
    const ana = await person('Ana', { colorScheme, height: 900 });
    const ben = await person('Ben', { colorScheme, width: 390, height: 844, mobile: true });
    await enter(ana, 'Ana', room);
    await enter(ben, 'Ben', room);
    const model = server.model;
    server.model = () => {};
    const ask = async (page, prompt) => {
      const before = tea.answers.size + tea.questions.waiting.size;
      await write(page, prompt);
      await page.getByRole('button', { name: 'Ask AI' }).click();
      while (tea.answers.size + tea.questions.waiting.size === before) await page.waitForTimeout(10);
      return [...tea.answers.keys(), ...tea.questions.waiting.keys()].at(-1);
    };
    const end = async (prompt, text, status, more) => {
      const asked = await ask(ana, prompt);
      if (text) tea.write(asked, text);
      tea.end(asked, status, more);
      return asked;
    };
    await end('A parser that survives CRLF cut in two?', half, 'complete', { finish: 'length', usage });
    await ana.getByText('The length limit was reached').first().waitFor();
    await ana.getByRole('button', { name: 'Continue' }).click();
    while (tea.answers.size === 0) await ana.waitForTimeout(10);
    const more = [...tea.answers.keys()][0];
    tea.write(more, rest);
    tea.end(more, 'complete', { usage: { ...usage, estimated: true } });
    await ana.getByText('It goes on below').first().waitFor();
    await shot(ana, `answers-${colorScheme}-1-continued`);
    await ana.getByRole('button', { name: 'Answer this again' }).last().click();
    while (tea.answers.size === 0) await ana.waitForTimeout(10);
    const other = [...tea.answers.keys()][0];
    tea.write(other, 'In one line: `yield* text.split(/\\r?\\n/)`.');
    tea.end(other, 'complete', { usage });
    await ana.getByText('Answered again below').first().waitFor();
    await ana.getByRole('button', { name: 'Ask another model' }).last().click();
    await shot(ana, `answers-${colorScheme}-2-again`);
    await ana.keyboard.press('Escape');
    await end('Tell us more about the weather.', 'It is rather', 'cancelled', { by: 'ben' });
    await end('And of tomorrow?', '', 'failed', {
      code: 'model-resting',
      message: 'The model failed too often just now and is left alone for a moment.',
      retryable: true,
      retryAfterMs: 95_000,
    });
    await end('Who are you?', '', 'failed', {
      code: 'model-unauthorized',
      message: "The model's provider does not accept this server's key.",
      retryable: false,
    });
    await end('Sing.', 'La la', 'interrupted', {
      code: 'server-lost',
      message: 'The server that wrote this answer is gone.',
      retryable: true,
    });
    await ana.getByText('was interrupted').first().waitFor();
    await ana.waitForTimeout(200);
    await shot(ana, `answers-${colorScheme}-3-ended`);
    await shot(ben, `answers-${colorScheme}-4-ended-phone`);
    tea.questions.most = 2;
    await ask(ana, 'Shall we begin?');
    await ask(
      ben,
      'Why is the sky blue, and why is it red in the evening, when the sun is so much nearer to the horizon?',
    );
    for (const [i, prompt] of [
      'And green?',
      'Is it ever purple, in some place on this planet that one could go to?',
      'Black?',
    ].entries())
      tea.command({ type: 'ai-query', id: `b${i}`, prompt }, bob, server.model);
    await ask(ben, 'What about the sea?');
    await ask(ana, 'How deep is it?');
    await ask(ana, 'And how cold?');
    for (const answer of tea.answers.keys()) tea.write(answer, 'Let us see, one after the other.');
    await ana.getByText('questions wait').first().waitFor();
    await ana.waitForTimeout(300);
    await shot(ana, `answers-${colorScheme}-5-line`);
    await shot(ben, `answers-${colorScheme}-6-line-phone`);
    await write(ben, '/budget');
    await ben.getByRole('button', { name: 'Ask AI' }).click();
    await ben.getByText('used up its tokens').first().waitFor();
    await shot(ben, `answers-${colorScheme}-7-budget-phone`);
    const message =
      'This server cannot reach what it shares with others. Nothing can be said for the moment.';
    for (const reader of tea.readers) reader.tell({ type: 'status', state: 'degraded', message });
    await ben.getByText('cannot reach what it shares').waitFor();
    await shot(ana, `answers-${colorScheme}-8-degraded`);
    await shot(ben, `answers-${colorScheme}-9-degraded-phone`);
    server.model = model;
    for (const one of [ana, ben]) await one.context().close();
  }
  server.models = [{ name: 'demo', role: 'default' }];
  server.left = {};
}
