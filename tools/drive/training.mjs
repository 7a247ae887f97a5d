// Sessions and attendance, tests before and after, follow-ups and retests.
import { chance } from './people.mjs';

const MOST_RETESTS = 12;

// Title of a session for one person.
export const SINGLE_SESSION = '個別の補講';

export class Training {
  constructor(api, links, engagement, people, say) {
    Object.assign(this, { api, links, engagement, people, say });
    this.courseName = `courses/${engagement.editions.course}`;
  }

  // Everybody is taught and tested.
  async start() {
    this.course = await this.api.get(this.courseName);
    await this.#readAttempts();
    await this.#testAll('KIND_BEFORE', '受講前テスト');
    await this.#attend();
    await this.#testAll('KIND_AFTER', '受講後テスト');
  }

  // Until everybody has passed. Gives the figures.
  async finish() {
    await this.#retestAll();
    return this.#summary();
  }

  // What was done before: attempts by member; everybody remembers what they were told.
  async #readAttempts() {
    this.attempts = new Map(this.people.map((person) => [person.name, []]));
    const all = await this.api.list(`${this.engagement.name}/attempts`, 'attempts');
    for (const attempt of all) this.attempts.get(attempt.member)?.push(attempt);
    for (const person of this.people) {
      for (const attempt of this.attempts.get(person.name)) person.learn(attempt);
    }
  }

  async #testAll(kind, label) {
    const missing = this.people.filter(
      (person) => !this.attempts.get(person.name).some((each) => each.kind === kind && each.state === 'STATE_SUBMITTED'));
    await this.#invite(missing);
    const paper = await this.#paperTest(kind, missing);
    for (const person of missing) await this.#test(person, kind, paper);
    const graded = this.#ofKind(kind);
    this.say(`${label}: ${graded.length}人、平均${average(graded)}点`);
  }

  async #invite(people) {
    await this.links.invite(people.filter((person) => person.channel !== 'CHANNEL_PAPER'));
  }

  // The API as the act comes: by the person's own link, or entered by the consultant from paper.
  async #hand(person) {
    return person.channel === 'CHANNEL_PAPER' ? this.api : this.links.as(person);
  }

  // The sheet for those who are tested on paper, if there are any; in two variants, so that neighbours differ.
  async #paperTest(kind, people) {
    if (!people.some((person) => person.channel === 'CHANNEL_PAPER')) return undefined;
    const path = `${this.engagement.name}/paperTests`;
    const drawn = (await this.api.list(path, 'paperTests')).find((each) => each.kind === kind);
    return drawn ?? this.api.post(path, { course: this.courseName, kind, variantCount: 2 });
  }

  async #test(person, kind, paper) {
    const attempts = this.attempts.get(person.name);
    const hand = await this.#hand(person);
    let attempt = attempts.find((each) => each.state === 'STATE_OPEN');
    attempt ??= await hand.post(`${this.engagement.name}/attempts`, {
      member: person.name,
      course: this.courseName,
      kind,
      channel: person.channel,
      ...(paper && person.channel === 'CHANNEL_PAPER' && { paperTest: paper.name, variant: variantFor(person, paper) }),
    }, { turn: `${attempts.length}` });
    const graded = await hand.post(`${attempt.name}:submit`, { answers: person.answer(attempt, this.course) });
    person.learn(graded);
    this.attempts.set(person.name, [...attempts.filter((each) => each.name !== graded.name), graded]);
    return graded;
  }

  // Who is missing after one session comes to the next.
  async #attend() {
    const sessions = await this.api.list('sessions', 'sessions', { engagement: this.engagement.name });
    const present = new Set();
    for (const session of sessions) {
      const records = await this.api.list(`${session.name}/attendances`, 'attendances');
      for (const record of records) present[record.present ? 'add' : 'delete'](record.member);
    }
    const absent = () => this.people.filter((person) => !present.has(person.name));
    for (const [title, comes] of [['全体研修', (person) => !person.missesFirstSession], ['補講', () => true]]) {
      const there = absent().filter(comes);
      if (there.length === 0 || (title === '全体研修' && sessions.length > 0)) continue;
      await this.#hold(title, there);
      for (const person of there) present.add(person.name);
    }
    this.say(`研修: 出席${present.size}人／対象${this.people.length}人`);
  }

  // Months are played in seconds: the session has just ended.
  async #hold(title, there) {
    const end = new Date();
    const start = new Date(end.getTime() - 90 * 60_000);
    const session = await this.api.post('sessions', {
      engagements: [this.engagement.name],
      course: this.courseName,
      displayName: title,
      startTime: start.toISOString(),
      endTime: end.toISOString(),
      place: '本社会議室',
    });
    await this.api.post(`${session.name}:recordAttendance`, {
      entries: there.map((person) => ({ member: person.name })),
      channel: 'CHANNEL_PAPER',
    });
  }

  async #retestAll() {
    for (const person of this.people) {
      for (let turn = 0; !this.#passed(person); turn += 1) {
        if (turn === MOST_RETESTS) throw new Error(`${person.member.displayName}: ${turn}回の再テストでも基準点に届きません`);
        await this.#followUp(person);
        if (await this.#attendsAgain(person)) await this.#hold(SINGLE_SESSION, [person]);
        await this.#test(person, 'KIND_RETEST');
      }
    }
    this.say(`フォローアップと再テスト: ${this.#ofKind('KIND_RETEST').length}回、全員が基準点に到達`);
  }

  // Whether the course wants a session before the next retest.
  async #attendsAgain(person) {
    const limit = this.course.maxRetestCount ?? 0;
    const retests = this.attempts.get(person.name).filter((each) => each.kind === 'KIND_RETEST');
    if (limit === 0 || retests.length < limit) return false;
    const completions = await this.api.list(`${this.engagement.name}/completions`, 'completions');
    return completions.find((each) => each.member === person.name)?.nextStep === 'session';
  }

  #passed(person) {
    return this.attempts.get(person.name).some((each) => each.passed && each.kind !== 'KIND_BEFORE');
  }

  async #followUp(person) {
    const hand = await this.#hand(person);
    const followUps = await hand.list(`${this.engagement.name}/followUps`, 'followUps', { member: person.name });
    for (const followUp of followUps.filter((each) => each.state === 'STATE_OPEN')) {
      await hand.post(`${followUp.name}:complete`, { channel: person.channel, note: `${followUp.title}の説明を読み直した` });
    }
  }

  #ofKind(kind) {
    return [...this.attempts.values()].flat().filter((each) => each.kind === kind && each.state === 'STATE_SUBMITTED');
  }

  async #summary() {
    const { coverage } = await this.api.get(`${this.engagement.name}/completions`, { pageSize: 1 });
    return {
      before: average(this.#ofKind('KIND_BEFORE')),
      after: average([...this.attempts.values()].map((each) => each.filter((one) => one.state === 'STATE_SUBMITTED').at(-1))),
      completed: coverage?.completedCount ?? 0,
      counted: coverage?.countedCount ?? 0,
    };
  }
}

function variantFor(person, { variants }) {
  return variants[Math.floor(chance(person.seed, 'variant') * variants.length)].code;
}

function average(attempts) {
  const scores = attempts.filter(Boolean).map((attempt) => attempt.scorePercent ?? 0);
  return scores.length === 0 ? 0 : Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}
