import { expect, test } from 'vitest';
import { EventParser, type StreamEvent } from '../../client/event-parser.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function read(...pieces: Uint8Array[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const parser = new EventParser((event) => events.push(event));
  for (const piece of pieces) parser.push(piece);
  return events;
}

const data = (...texts: string[]) => texts.map((text) => ({ event: 'message', data: text }));

test.each([
  ['LF', 'data: a\n\ndata: b\n\n'],
  ['CR', 'data: a\r\rdata: b\r\r'],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n'],
  ['a mixture', 'data: a\r\n\ndata: b\n\r\n'],
])('lines may end in %s', (_, stream) => {
  expect(read(bytes(stream))).toEqual(data('a', 'b'));
});

test('comments and unknown fields are ignored, and so is what has no data', () => {
  expect(read(bytes(': hello\n\nid: 7\nretry: 9\nnonsense\n\nevent: x\n\ndata: a\n:in between\n\n'))).toEqual(
    data('a'),
  );
});

test('several data lines are one text; one space after the colon is dropped, not two', () => {
  expect(read(bytes('data: a\ndata:b\ndata:  c\ndata\n\n'))).toEqual(data('a\nb\n c\n'));
});

test('a named event has its name, and the next has not', () => {
  expect(read(bytes('event: close\ndata: {}\n\ndata: a\n\n'))).toEqual([
    { event: 'close', data: '{}' },
    ...data('a'),
  ]);
});

test('a byte order mark at the beginning is dropped, a later one is text', () => {
  expect(read(bytes('\ufeffdata: a\n\ndata: \ufeffb\n\n'))).toEqual(data('a', '\ufeffb'));
});

test('an event that is not ended by an empty line is not dispatched', () => {
  expect(read(bytes('data: a\n\ndata: half\n'))).toEqual(data('a'));
});

test('the bytes may be cut anywhere', () => {
  const stream = bytes('\ufeff:x\r\ndata: Grüße 🌱\r\n\r\nevent: y\rdata: 漢\r\ndata: 字\r\rdata: z\n\n');
  const whole = read(stream);
  expect(whole).toEqual([...data('Grüße 🌱'), { event: 'y', data: '漢\n字' }, ...data('z')]);
  for (let i = 0; i <= stream.length; i++) {
    for (const j of [i, i + 1, i + 2]) {
      expect(read(stream.slice(0, i), stream.slice(i, j), stream.slice(j))).toEqual(whole);
    }
  }
  expect(read(...Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test('an event without end is refused and not kept', () => {
  const endless = new EventParser(() => {});
  const piece = bytes('x'.repeat(1024 * 1024));
  expect(() => Array.from({ length: 40 }, () => endless.push(piece))).toThrow(RangeError);
});

test('heartbeats do not add up to an event without end', () => {
  const parser = new EventParser(() => {});
  const beat = bytes(`:${'x'.repeat(1024 * 1024)}\n`);
  for (let i = 0; i < 40; i++) parser.push(beat);
});
