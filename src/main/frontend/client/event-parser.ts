/** One event of an event stream. */
export interface StreamEvent {
  /** `message` unless the stream named another. */
  event: string;
  data: string;
}

/** A stream that has more than this in one event (UTF-16 code units) is not ours. */
const MOST = 32 * 1024 * 1024;

/**
 * Reads `text/event-stream` as the WHATWG's HTML standard says (section 9.2.6): lines end in CR, LF or CRLF; comments
 * and unknown fields are ignored; several `data` lines make one text; one BOM at the beginning is dropped; an event
 * that the end of the stream cuts off is never dispatched. Bytes may be cut anywhere, also within a character.
 */
export class EventParser {
  readonly #dispatch: (event: StreamEvent) => void;
  readonly #decoder = new TextDecoder('utf-8'); // Drops the BOM and keeps half characters for the next read.
  #rest: string[] = [];
  #length = 0;
  #afterCr = false;
  #data: string[] = [];
  #event = '';

  constructor(dispatch: (event: StreamEvent) => void) {
    this.#dispatch = dispatch;
  }

  /** Takes the next bytes. Throws a RangeError if one event grows without bound. */
  push(bytes: Uint8Array): void {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return;
    // The LF of a CRLF that the network cut in two ends no second line.
    if (this.#afterCr && text[0] === '\n') text = text.slice(1);
    this.#afterCr = text === '' ? false : text.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#line(this.#rest.join('') + line);
      this.#rest = [];
    }
    if (last !== '') this.#rest.push(last);
    this.#length += text.length;
    if (this.#length > MOST) throw new RangeError('an event without end');
  }

  #line(line: string): void {
    if (line === '') {
      this.#flush();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.#heartbeat();
      return;
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    // `id` repeats the frame's own position, and when to come back is decided by our own backoff.
  }

  /** A comment counts for nothing, also not towards the size of an event that has not begun. */
  #heartbeat(): void {
    if (this.#data.length === 0) this.#length = 0;
  }

  #flush(): void {
    const event = { event: this.#event || 'message', data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#data = [];
    this.#event = '';
    this.#length = 0;
    if (!empty) this.#dispatch(event);
  }
}
