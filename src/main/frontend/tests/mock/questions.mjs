import { randomBytes } from 'node:crypto';

/** Why an answer cannot go on: it is not over, or was all there was to say. */
const goesOn = ({ status, finish }) => status !== 'complete' || (finish && finish !== 'content_filter');

/** The questions of a room of the mock server: those that run, those that wait, and the rule by which they take turns. */
export class MockQuestions {
  /** So many answers may be under way; the rest waits. */
  most = Infinity;
  mostWaiting = 10;
  models = [{ name: 'demo', role: 'default' }];
  tokens = 0;
  tokensLimit = undefined;
  /** Those that wait by their answerIds, the oldest first, each with the model's way to answer it. */
  waiting = new Map();

  constructor(room) {
    this.room = room;
  }

  /** Does an `ai-…` command that is not known yet; gives an outcome or a refusal. */
  command(command, who, model, refuse) {
    switch (command.type) {
      case 'ai-query':
        return this.ask({ prompt: command.prompt, model: this.wanted(command) }, command, who, model, refuse);
      case 'ai-regenerate':
      case 'ai-continue':
        return this.again(command, who, model, refuse);
      case 'ai-withdraw':
      case 'ai-stop':
        return this.stop(command, who, refuse);
      default:
        return undefined;
    }
  }

  /** The name of the model that a command is for, if it says. */
  wanted({ model, role }) {
    return role === undefined ? model : (this.models.find((one) => one.role === role) ?? this.models[0]).name;
  }

  ask({ prompt, ...more }, { id: re }, { person }, model, refuse) {
    const name = more.model ?? this.models[0].name;
    if (!this.models.some((known) => known.name === name))
      return refuse('no-such-model', `There is no model ${name} here.`);
    if (prompt === '/budget') {
      const message = 'This room has used up its tokens for today.';
      return refuse('room-budget', message, { retryable: true, retryAfterMs: 5 * 3_600_000 });
    }
    const mine = [...this.waiting.values()].filter(({ userId }) => userId === person.userId);
    if (mine.length >= this.mostWaiting)
      return refuse('room-busy', 'Ten questions of yours wait already.', { retryable: true });
    const answerId = randomBytes(6).toString('hex');
    const question = { answerId, ...person, prompt, ...more, model: name, time: Date.now() };
    if (this.room.answers.size < this.most) {
      this.begin(question, model, re);
      return { answerId };
    }
    this.waiting.set(answerId, { ...question, run: model });
    this.room.append({ type: 'ai-queued', re, ...question });
    return { answerId };
  }

  again({ type, answerId, id, ...wanted }, who, model, refuse) {
    const before = this.room.settled(answerId);
    if (!before) return refuse('no-such-answer', 'There is no such answer among the last of this room.');
    if (before.userId !== who.person.userId && !this.room.may(who, 'moderator'))
      return refuse('not-allowed', 'As a member you may not do that here.');
    if (type === 'ai-continue' && !goesOn(before))
      return refuse('no-such-answer', 'That answer is complete.');
    const more =
      type === 'ai-continue'
        ? { continues: answerId, model: before.model }
        : { regenerates: answerId, model: this.wanted(wanted) ?? before.model };
    return this.ask({ prompt: before.prompt, ...more }, { id }, who, model, refuse);
  }

  stop({ answerId, type, id: re }, { person }, refuse, may = this.room.may({ person }, 'moderator')) {
    const question = this.waiting.get(answerId);
    const asked = question ?? (type === 'ai-stop' ? this.room.answers.get(answerId)?.person : undefined);
    if (!asked) return refuse('no-such-answer', 'That answer is not under way.');
    if (asked.userId !== person.userId && !may)
      return refuse('not-allowed', 'As a member you may not do that here.');
    const by = { by: person.userId, re };
    if (question) this.drop(answerId, by);
    else this.room.end(answerId, 'cancelled', by);
    return undefined;
  }

  /** Ends a question that has not begun. */
  drop(answerId, more = {}) {
    const { userId, name } = this.waiting.get(answerId);
    this.waiting.delete(answerId);
    const none = { length: 0, digest: '811c9dc5', time: Date.now() };
    this.room.append({ type: 'ai-end', answerId, status: 'cancelled', userId, name, ...none, ...more });
  }

  begin(question, model, re) {
    const { answerId, prompt, userId, name } = question;
    this.room.append({ type: 'ai-start', re, ...question });
    this.room.answers.set(answerId, { text: '', person: { userId, name } });
    model(this.room, answerId, prompt, question);
  }

  /** An answer is over: its tokens count, and whoever is next begins. */
  ended(usage) {
    this.tokens += (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
    while (this.room.answers.size < this.most && this.waiting.size > 0) {
      const { run, ...question } = this.next();
      this.waiting.delete(question.answerId);
      this.begin(question, run);
    }
  }

  /** Whose turn it is: fewest of the same user before it, whose last answer is longest ago, the oldest. Written another way than the client's. */
  next() {
    const all = [...this.waiting.values()];
    const running = [...this.room.answers.values()];
    const answered = this.room.log.filter(({ type }) => type === 'ai-end').map(({ userId }) => userId);
    const turn = ({ userId }, i) =>
      running.filter(({ person }) => person.userId === userId).length +
      all.slice(0, i).filter((other) => other.userId === userId).length;
    const rank = (question, i) => turn(question, i) * 10_000 + answered.lastIndexOf(question.userId);
    const ranks = all.map(rank);
    return all[ranks.indexOf(Math.min(...ranks))];
  }

  /** What a newcomer is told of those that wait. */
  told() {
    return [...this.waiting.values()].map(({ run: _, ...question }) => question);
  }
}
