import { randomBytes } from 'node:crypto';
import { MockQuestions } from './questions.mjs';

const id = () => randomBytes(6).toString('hex');

/** The digest of the protocol, written a second time and differently, so that it can disagree with the client's. */
export function digest(text) {
  let hash = 2166136261n;
  for (const byte of Buffer.from(text, 'utf16le')) hash = ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn;
  return hash.toString(16).padStart(8, '0');
}

/** A room of the mock server: a log of frames, and the readers who follow it. */
export class MockRoom {
  constructor(roomId, rights) {
    this.roomId = roomId;
    this.rights = rights;
    this.readers = new Set();
    this.commands = new Map();
    this.presence = 0;
    this.questions = new MockQuestions(this);
    this.restart();
  }

  /** Begins a new life of the log: what was said is gone. */
  restart() {
    this.epoch = id();
    this.log = [];
    this.answers = new Map();
    this.questions.waiting.clear();
  }

  position(seq = this.log.length) {
    return `${this.epoch}-${seq}`;
  }

  append(frame) {
    this.log.push({ ...frame, position: this.position(this.log.length + 1) });
    for (const reader of [...this.readers]) reader.catchUp();
    return this.log.length;
  }

  /** The frames behind a position, merged as for a reader who was away; `undefined` if it cannot be honoured. */
  after(since) {
    const [epoch, seq] = since.split('-');
    if (epoch !== this.epoch || Number(seq) > this.log.length) return undefined;
    return this.merged(Number(seq));
  }

  merged(from) {
    const frames = [];
    const chunks = new Map();
    for (const { position: _, ...frame } of this.log.slice(from)) {
      const before = frame.type === 'ai-chunk' ? chunks.get(frame.answerId) : undefined;
      if (before) before.content += frame.content;
      else frames.push(frame);
      if (frame.type === 'ai-chunk' && !before) chunks.set(frame.answerId, frame);
    }
    if (frames.length > 0) frames.at(-1).position = this.position();
    return frames;
  }

  /** Who somebody is here, and what they may do. */
  you(who) {
    const role = this.rights.role(this.roomId, who.person.userId);
    return { ...who.person, guest: Boolean(who.guest), role };
  }

  /** Says to somebody what they may do here now. */
  tellRole(userId) {
    for (const reader of this.readers)
      if (reader.who.person.userId === userId) reader.tell({ type: 'you', ...this.you(reader.who) });
  }

  join(who, since) {
    const base = {
      type: 'joined',
      roomId: this.roomId,
      session: who.session,
      you: this.you(who),
      ...this.people(),
      presence: this.presence,
      history: [],
      answers: [],
      waiting: [],
      tokens: this.questions.tokens,
    };
    if (since !== undefined && this.after(since)) return { ...base, position: since, recovered: true };
    const { history, answers } = this.snapshot();
    return {
      ...base,
      position: this.position(),
      recovered: false,
      history,
      answers,
      waiting: this.questions.told(),
    };
  }

  snapshot() {
    const history = [];
    const answers = new Map();
    for (const { position: _p, re: _r, ...frame } of this.log) {
      if (frame.type === 'message') history.push(frame);
      if (frame.type === 'ai-start') {
        answers.set(frame.answerId, { ...frame, text: '' });
        delete answers.get(frame.answerId).type;
      }
      if (frame.type === 'ai-chunk') answers.get(frame.answerId).text += frame.content;
      if (frame.type === 'ai-end') {
        const { time: _t, ...end } = frame;
        if (!answers.has(frame.answerId)) continue; // It was withdrawn before it began.
        history.push({ ...answers.get(frame.answerId), ...end, type: 'answer' });
        answers.delete(frame.answerId);
      }
    }
    return { history, answers: [...answers.values()] };
  }

  people() {
    const people = new Map([...this.readers].map(({ who }) => [who.person.userId, who.person]));
    return { members: [...people.values()].slice(0, 100), count: people.size };
  }

  changed(typing = []) {
    this.presence++;
    for (const reader of this.readers) {
      reader.tell({ type: 'presence', presence: this.presence, ...this.people(), typing });
    }
  }

  may({ person }, least) {
    return this.rights.may(this.roomId, person.userId, least);
  }

  /** The finished answer of that id, as it is in the history. */
  settled(answerId) {
    return this.snapshot().history.find((said) => said.answerId === answerId);
  }

  /** Does a command; gives what its sender alone hears, if anything. */
  command(command, who, model) {
    const { type, id: re } = command;
    const refuse = (code, message, more) => ({ type: 'error', re, code, message, retryable: false, ...more });
    if (type === 'ping') return { type: 'pong', re };
    if (type === 'refresh') return { type: 'reply', re };
    const may = (least) => this.may(who, least);
    if (!may('member')) return refuse('not-allowed', 'As a reader you may not do that here.');
    if (type === 'remove') {
      const what = command.messageId ? { messageId: command.messageId } : { answerId: command.answerId };
      if (!may('moderator')) return refuse('not-allowed', 'As a member you may not do that here.');
      this.remove(what, { re, ...who.person });
      return undefined;
    }
    if (type === 'typing') {
      this.changed([who.person.userId]);
      return re && { type: 'reply', re };
    }
    const key = `${who.person.userId} ${re}`;
    const known = this.commands.get(key);
    if (known) return { type: 'reply', re, repeated: true, ...known };
    const time = Date.now();
    if (type === 'message') {
      if (command.content === '/refuse')
        return refuse('rate-limited', 'You write too fast.', { retryable: true, retryAfterMs: 5_000 });
      const outcome = { messageId: id() };
      this.commands.set(key, outcome);
      this.append({ type, re, ...outcome, ...who.person, content: command.content, time });
      return { type: 'reply', re, ...outcome };
    }
    const outcome = this.questions.command(command, who, model, refuse);
    if (outcome?.type === 'error') return outcome;
    if (outcome) this.commands.set(key, outcome);
    if (outcome) return { type: 'reply', re, ...outcome };
    if (type === 'ai-stop' || type === 'ai-withdraw') return undefined; // Its end is the answer.
    return refuse('unknown-type', `There is no command ${type}.`);
  }

  /** Takes something away; in the log a removal stands in its place, for those who are behind. */
  remove({ messageId, answerId }, by) {
    const gone = (frame) =>
      messageId === undefined ? frame.answerId === answerId : frame.messageId === messageId;
    const what = { messageId, answerId };
    this.log = this.log.map((frame) =>
      gone(frame) ? { type: 'removed', ...what, ...by, re: undefined, position: frame.position } : frame,
    );
    this.append({ type: 'removed', ...what, ...by, time: Date.now() });
  }

  write(answerId, content) {
    const answer = this.answers.get(answerId);
    if (!answer) return false;
    const at = answer.text.length;
    answer.text += content;
    this.append({ type: 'ai-chunk', answerId, at, content, userId: answer.person.userId });
    return true;
  }

  end(answerId, status = 'complete', more = {}) {
    const answer = this.answers.get(answerId);
    if (!answer) return;
    this.answers.delete(answerId);
    const { text, person } = answer;
    const proof = { length: text.length, digest: digest(text), ...person, time: Date.now() };
    this.append({ type: 'ai-end', answerId, status, ...proof, ...more });
    this.questions.ended(more.usage);
  }
}
