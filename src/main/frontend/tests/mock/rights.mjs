import { randomBytes } from 'node:crypto';

const roles = ['none', 'reader', 'member', 'moderator', 'owner'];
const refusal = (status, code, message) => ({
  status,
  body: { type: 'error', code, message, retryable: false },
});
const unknown = () => refusal(403, 'not-allowed', 'There is no such room, or it is not for you.');
const done = { status: 204 };

/** Who may do what in the rooms of the mock server, and the requests that change it. */
export class MockRights {
  /** Private rooms by their names. */
  rooms = new Map();
  /** What people are in open rooms, by userId; members without. */
  open = new Map();
  /** Called with a room and a user who has no role in it any more. */
  lost = () => {};
  /** Called with a room and a user who has another role in it now. */
  changed = () => {};

  role(roomId, userId) {
    if (roomId.startsWith('~')) return this.rooms.get(roomId)?.people.get(userId) ?? 'none';
    return this.open.get(userId) ?? 'member';
  }

  may(roomId, userId, least) {
    return roles.indexOf(this.role(roomId, userId)) >= roles.indexOf(least);
  }

  entry(roomId, userId) {
    const { title } = this.rooms.get(roomId) ?? {};
    return { roomId, private: roomId.startsWith('~'), title, role: this.role(roomId, userId) };
  }

  /** Answers `api/rooms…` with a status and a body. */
  answer(method, roomId, who, { userId }, body) {
    if (roomId === undefined && method === 'POST') {
      const made = `~${randomBytes(12).toString('base64url')}`;
      this.rooms.set(made, { title: body.title, people: new Map([[userId, 'owner']]) });
      return { status: 200, body: this.entry(made, userId) };
    }
    if (roomId === undefined) {
      const mine = [...this.rooms.keys()].filter((room) => this.may(room, userId, 'reader'));
      return { status: 200, body: { rooms: mine.map((room) => this.entry(room, userId)) } };
    }
    if (!this.may(roomId, userId, 'reader')) return unknown();
    if (who === undefined && method === 'GET') {
      const people = [...(this.rooms.get(roomId)?.people ?? [])].map(([userId, role]) => ({ userId, role }));
      return { status: 200, body: { ...this.entry(roomId, userId), people } };
    }
    return this.change(method, roomId, who, userId, body);
  }

  /** Answers `api/rooms/{room}/instructions`. */
  instruct(method, roomId, { userId }, body) {
    if (!this.may(roomId, userId, 'reader')) return unknown();
    const room = this.rooms.get(roomId) ?? {};
    if (method === 'GET') return { status: 200, body: { instructions: room.instructions } };
    if (!this.may(roomId, userId, 'owner')) return refusal(403, 'not-allowed', 'Only the owner may do that.');
    room.instructions = method === 'PUT' ? body.instructions : undefined;
    return done;
  }

  change(method, roomId, who, userId, body) {
    const people = this.rooms.get(roomId)?.people ?? this.open;
    const least = method === 'DELETE' && who !== undefined ? 'moderator' : 'owner';
    if (who !== userId && !this.may(roomId, userId, least)) {
      return refusal(403, 'not-allowed', `As a ${this.role(roomId, userId)} you may not do that here.`);
    }
    if (method === 'PUT') {
      people.set(who, body.role);
      if (body.role === 'owner') people.set(userId, 'moderator');
      for (const one of [who, userId]) this.changed(roomId, one);
    } else if (who !== undefined) {
      if (people === this.open) people.set(who, 'none');
      else people.delete(who);
      this.lost(roomId, who);
    } else {
      this.rooms.delete(roomId);
      for (const one of people.keys()) this.lost(roomId, one);
    }
    return done;
  }
}
