import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { talk } from './model.mjs';
import { MockRights } from './rights.mjs';
import { MockRoom } from './room.mjs';

const id = () => randomBytes(9).toString('base64url');
const slug = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-') || 'someone';

/** One connection of a reader: a cursor in the room's log. `send` may throw away, double or tear what it is given. */
class Reader {
  constructor(server, room, who, send, cut, close) {
    Object.assign(this, { server, room, who, cut, close });
    this.send = (frame) => server.mischief(frame, send, this);
  }

  join(since, re) {
    const first =
      this.room.readers.size === 0 || ![...this.room.readers].some((r) => r.who.session === this.who.session);
    this.room.readers.add(this);
    const joined = this.room.join(this.who, since);
    this.at = joined.recovered ? Number(since.split('-')[1]) : this.room.log.length;
    this.epoch = this.room.epoch;
    this.send({ ...joined, ...(re && { re }) });
    for (const frame of this.room.merged(this.at)) this.send(frame);
    this.at = this.room.log.length;
    if (first) this.room.changed();
  }

  catchUp() {
    for (; this.at < this.room.log.length; this.at++) this.send(this.room.log[this.at]);
  }

  tell(frame) {
    this.send(frame);
  }

  leave() {
    if (this.room.readers.delete(this)) this.room.changed();
  }
}

/**
 * A server that speaks the protocol from memory, for tests and for work on the page without the real one.
 * It is gullible (any name, any token) and, through `mischief`, as hostile as a test wants it.
 */
export class MockServer {
  constructor({ pace = 25, model = talk(pace), identity = 'development' } = {}) {
    this.model = model;
    this.identity = identity;
    /** Where people sign in, as api/about says it. */
    this.login = undefined;
    this.rooms = new Map();
    /** The models that may be asked, as api/about says them. */
    this.models = [{ name: 'demo', role: 'default' }];
    this.rights = new MockRights();
    this.rights.lost = (roomId, userId) =>
      this.closeThose(
        4500,
        'You may not be here any more.',
        (reader) => reader.room.roomId === roomId && reader.who.person.userId === userId,
      );
    this.rights.changed = (roomId, userId) => this.rooms.get(roomId)?.tellRole(userId);
    /** What is left of what is limited, as api/me says it. */
    this.left = {};
    this.people = new Map();
    this.sessions = new Map();
    this.requests = [];
    /** Paths that answer 503, as a prefix each; `ws` closes the upgrade. */
    this.blocked = new Set();
    /** Whether event streams get through. */
    this.streams = true;
    /** Whether a command's response gets lost after it was done. */
    this.deaf = false;
    /** Whether tokens are good. */
    this.gullible = true;
    this.mischief = (frame, send) => send(frame);
    this.http = createServer((request, response) => void this.handle(request, response));
    this.sockets = new WebSocketServer({ noServer: true });
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Where it listens; empty before it does. */
  url = '';

  async listen(port = 0, host = '127.0.0.1') {
    await new Promise((resolve) => this.http.listen(port, host, resolve));
    this.url = `http://${host}:${this.http.address().port}/`;
    return this;
  }

  async close() {
    for (const socket of this.sockets.clients) socket.terminate();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  room(roomId) {
    if (!this.rooms.has(roomId)) this.rooms.set(roomId, new MockRoom(roomId, this.rights));
    const room = this.rooms.get(roomId);
    room.questions.models = this.models;
    return room;
  }

  /** Ends all connections at once, as a pulled cable does. */
  cut() {
    for (const socket of this.sockets.clients) socket.terminate();
    for (const room of this.rooms.values()) for (const reader of [...room.readers]) reader.cut();
  }

  /** Ends connections as a server does that says why. */
  closeThose(code, reason, which = () => true) {
    for (const room of this.rooms.values())
      for (const reader of [...room.readers]) if (which(reader)) reader.close(code, reason);
  }

  /** All tokens end now, and the connections with them. */
  endTokens() {
    this.people.clear();
    this.closeThose(4010, 'The token ended.');
  }

  person(url, request) {
    const bearer = request.headers.authorization?.replace(/^Bearer /, '');
    const person = this.people.get(bearer ?? url.searchParams.get('ticket'));
    if (!this.gullible) return undefined;
    if (url.searchParams.has('ticket')) this.people.delete(url.searchParams.get('ticket'));
    return person;
  }

  upgrade(request, socket, head) {
    socket.on('error', () => {});
    const url = new URL(request.url, 'http://mock');
    this.requests.push(`UPGRADE ${url.pathname}`);
    const person = url.searchParams.has('ticket')
      ? this.person(url, request)
      : { userId: 'guest-1', name: 'Guest 1', guest: true };
    if (url.pathname !== '/ws' || this.blocked.has('ws') || !person) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (ws) => this.talk(ws, person));
  }

  talk(ws, { guest, ...person }) {
    let reader;
    const send = (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    ws.on('close', () => reader?.leave());
    ws.on('error', () => {}); // A visitor who is gone; the close follows.
    ws.on('message', (data) => {
      const command = JSON.parse(String(data));
      if (command.type === 'join') {
        reader?.leave();
        const who = { person, guest, session: id() };
        if (!this.rights.may(command.roomId, person.userId, 'reader')) {
          const message = 'There is no such room, or it is not for you.';
          return send({ type: 'error', re: command.id, code: 'not-allowed', message, retryable: false });
        }
        const close = (code, reason) => ws.close(code, reason);
        reader = new Reader(this, this.room(command.roomId), who, send, () => ws.terminate(), close);
        reader.join(command.since, command.id);
      } else if (reader) {
        const said = reader.room.command(command, reader.who, this.model);
        // A socket hears of its commands by their events; only repeats and refusals are told to it alone.
        if (said && (said.type !== 'reply' || said.repeated)) reader.send(said);
      }
    });
  }

  async handle(request, response) {
    const url = new URL(request.url, 'http://mock');
    this.requests.push(`${request.method} ${url.pathname}`);
    const json = (status, body) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    if ([...this.blocked].some((path) => url.pathname.startsWith(path))) {
      response.writeHead(503, { 'Content-Type': 'text/html' }).end('<p>Blocked</p>');
      return;
    }
    let text = '';
    for await (const part of request) text += part;
    const { pathname } = url;
    if (pathname === '/api/about') {
      const limits = { prompt: 16000, message: 8000 };
      const { identity, login } = this;
      const { models } = this;
      return json(200, { product: 'Roomcast', version: '0', identity, model: 'demo', models, login, limits });
    }
    if (pathname === '/api/dev/token') {
      const { name } = JSON.parse(text);
      const token = id();
      this.people.set(token, { userId: slug(name), name });
      return json(200, { token, userId: slug(name), name, expiresInMs: 3_600_000 });
    }
    const person = this.person(url, request);
    const door =
      /^\/api\/(?:tickets|me|rooms(?:\/([^/]+)(?:\/(?:(events|commands|usage|instructions)|people\/([^/]+)))?)?)$/.exec(
        pathname,
      );
    if (!door) return this.page ? this.page(url, response) : json(404, {});
    if (!person)
      return json(401, { type: 'error', code: 'unauthorized', message: 'Who are you?', retryable: false });
    if (pathname === '/api/tickets') {
      const ticket = id();
      this.people.set(ticket, person);
      return json(200, { ticket, expiresInMs: 30_000 });
    }
    if (pathname === '/api/me') return json(200, { ...person, groups: [], left: this.left });
    const roomId = door[1] && decodeURIComponent(door[1]);
    if (door[2] === undefined) {
      const who = door[3] && decodeURIComponent(door[3]);
      const { status, body } = this.rights.answer(
        request.method,
        roomId,
        who,
        person,
        text && JSON.parse(text),
      );
      return json(status, body);
    }
    if (door[2] === 'instructions') {
      const { status, body } = this.rights.instruct(request.method, roomId, person, text && JSON.parse(text));
      return json(status, body);
    }
    if (!this.rights.may(roomId, person.userId, 'reader'))
      return json(403, { type: 'error', code: 'not-allowed', message: 'Not for you.', retryable: false });
    const room = this.room(roomId);
    if (door[2] === 'usage') {
      const { tokens: tokensToday, tokensLimit: limit } = room.questions;
      return json(200, { tokensToday, limit });
    }
    if (door[2] === 'commands') {
      const command = JSON.parse(text);
      const said = room.command(command, { person }, this.model) ?? { type: 'reply', re: command.id };
      if (this.deaf) return response.destroy();
      return json(said.type === 'error' ? 409 : 202, { ...said, position: room.position() });
    }
    const who = { person, session: url.searchParams.get('session') ?? id() };
    const since = url.searchParams.get('since') ?? undefined;
    const stream = request.headers.accept === 'text/event-stream';
    if (stream && !this.streams) response.writeHead(502).end();
    else if (stream) this.stream(response, room, who, since);
    else this.poll(response, room, who, since, Number(url.searchParams.get('wait') ?? 0));
  }

  stream(response, room, who, since) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
    });
    const send = (frame) => {
      if (response.writableEnded) return; // Closed by a test's mischief: it hears nothing any more.
      const data = typeof frame === 'string' ? frame : JSON.stringify(frame);
      response.write(`${frame.position ? `id: ${frame.position}\n` : ''}data: ${data}\n\n`);
    };
    const close = (code, reason) =>
      response.end(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
    const reader = new Reader(this, room, who, send, () => response.destroy(), close);
    const heart = setInterval(() => response.write(':\n'), 15_000);
    response.on('close', () => {
      clearInterval(heart);
      reader.leave();
    });
    reader.join(since);
  }

  poll(response, room, who, since, wait) {
    const events = [];
    const known = this.sessions.has(who.session);
    this.sessions.set(who.session, true);
    let due;
    let ended;
    const answer = () => {
      reader.leave();
      if (response.writableEnded || response.destroyed) return;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      // What got lost on the way is not claimed to have been told.
      const position = events.findLast((frame) => frame.position)?.position ?? since ?? room.position(0);
      response.end(JSON.stringify({ position, session: who.session, events, close: ended }));
    };
    const send = (frame) => {
      events.push(frame);
      due ??= setTimeout(answer, 5);
    };
    const close = (code, reason) => {
      ended = { code, reason };
      answer();
    };
    const reader = new Reader(this, room, who, send, () => response.destroy(), close);
    reader.leave = () => room.readers.delete(reader); // A poll that ends is not a member who leaves.
    const recovered = since !== undefined && room.after(since) !== undefined;
    if (recovered && known) {
      room.readers.add(reader);
      reader.at = Number(since.split('-')[1]);
      for (const frame of room.merged(reader.at)) reader.send(frame);
      reader.at = room.log.length;
    } else reader.join(since);
    const late = setTimeout(answer, wait);
    response.on('close', () => {
      clearTimeout(late);
      room.readers.delete(reader);
    });
  }
}
