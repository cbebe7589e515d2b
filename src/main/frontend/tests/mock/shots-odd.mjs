/** Pictures of a room with what is hard to show: long words, other scripts, wide code and tables, many people. */
export async function odd({ server, person, enter, shot, write }) {
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);
  const hebrew = 'שלום לכולם! האם נתחיל את הפגישה עכשיו, או נחכה ל־Bob עוד חמש דקות?';
  const code = `Wide:\n\n\`\`\`ts\nconst answer = await fetch('https://example.com/${'a/'.repeat(60)}', { method: 'POST' });\n\`\`\`\n\n| ${'Column | '.repeat(9)}\n|${'---|'.repeat(9)}\n| ${'Some words | '.repeat(9)}\n\n${long}\n`;
  for (const colorScheme of ['light', 'dark']) {
    const room = `odd-${colorScheme}`;
    const tea = server.room(room);
    const ana = await person('Ana', { colorScheme });
    const ben = await person('Ben', { colorScheme, width: 360, height: 740, mobile: true });
    await enter(ana, 'Ana', room);
    await enter(ben, 'Ben', room);
    const model = server.model;
    server.model = () => {};
    const says = (i, name, content) =>
      tea.command({ type: 'message', id: `m${i}`, content }, { person: { userId: name, name } });
    says(1, 'Yael', hebrew);
    says(2, long, long);
    says(3, 'Bob', 'One\n\ntwo\n    three, as it was written.');
    const asks = (i, name, prompt, text, usage) => {
      const who = { person: { userId: name, name } };
      tea.command({ type: 'ai-query', id: `q${i}`, prompt }, who, server.model);
      const answerId = [...tea.answers.keys()].at(-1);
      tea.write(answerId, text);
      tea.end(answerId, 'complete', { usage });
    };
    asks(1, 'Yael', 'תרגמו את זה לאנגלית, בבקשה', 'בוודאי:\n\n> Hello, everybody!\n\n1. שלום\n2. להתראות', {
      promptTokens: 1,
      completionTokens: 2_000_000,
    });
    asks(2, 'Bob', long, code);
    await ana.getByText('Wide:').first().waitFor();
    await ana.waitForTimeout(500);
    await shot(ana, `odd-${colorScheme}-1-end`);
    await shot(ben, `odd-${colorScheme}-2-end-phone`);
    for (const one of [ana, ben]) await one.getByRole('log').evaluate((box) => (box.scrollTop = 0));
    await ana.waitForTimeout(200);
    await shot(ana, `odd-${colorScheme}-3-top`);
    await shot(ben, `odd-${colorScheme}-4-top-phone`);
    // The keyboard of a phone takes half of the window.
    await ben.setViewportSize({ width: 360, height: 380 });
    await write(ben, 'Several lines\nof a question\nthat is longer\nthan one would think\nat first');
    await shot(ben, `odd-${colorScheme}-5-keyboard-phone`);
    server.cut();
    server.blocked.add('ws').add('/api');
    await ana.getByText('Reconnecting').first().waitFor();
    await shot(ana, `odd-${colorScheme}-6-away`);
    await shot(ben, `odd-${colorScheme}-7-away-phone`);
    server.blocked.clear();
    server.model = model;
    for (const one of [ana, ben]) await one.context().close();
  }
}
