// The simulated people of a company: who comes by link, tablet or paper, who misses the first session, how
// they answer. All of it follows from staff number and company, so that every run plays the same story.
//
// Nobody here knows a right answer: they never leave the server before a test is handed in. Before the training
// people guess. After it they choose what sounds most like the course's text, except in topics where they did
// not listen. What a graded test explains to them they remember for the retest.
import { createHash } from 'node:crypto';
import { isBefore, tokyoDay } from './dates.mjs';

// A number from 0 (included) to 1 (not included) that follows from the words.
export function chance(...words) {
  return createHash('sha256').update(words.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}

const INATTENTION = 0.25; // share of topics that a listener misses

export class Person {
  constructor(member, company) {
    this.member = member;
    this.name = member.name;
    this.seed = `${company} ${member.staffNumber}`;
    this.learned = new Map(); // question code → text of the right choice
  }

  // Mail: by the personal link. Without mail: the tablet in the canteen, or paper.
  get channel() {
    if (this.member.email) return 'CHANNEL_LINK';
    return chance(this.seed, 'paper') < 0.5 ? 'CHANNEL_PAPER' : 'CHANNEL_TABLET';
  }

  get missesFirstSession() {
    return !this.member.president && chance(this.seed, 'absent') < 0.12;
  }

  // Answers to an attempt's questions.
  answer(attempt, course) {
    return attempt.questions.map((question) => ({
      question: question.code,
      choiceIndex: this.#choose(question, attempt.kind, course),
    }));
  }

  // Reads the right answers and explanations of a graded attempt.
  learn(attempt) {
    for (const question of attempt.questions ?? []) {
      if (question.correctIndex !== undefined) {
        this.learned.set(question.code, question.choices[question.correctIndex]);
      }
    }
  }

  #choose(question, kind, course) {
    const guess = Math.floor(chance(this.seed, kind, question.code) * question.choices.length);
    if (kind === 'KIND_BEFORE') return guess;
    const known = question.choices.indexOf(this.learned.get(question.code));
    if (known >= 0) return known;
    if (kind === 'KIND_AFTER' && chance(this.seed, 'attention', question.topic) < INATTENTION) return guess;
    return mostLike(moduleText(course, question.topic), question.choices);
  }
}

function moduleText(course, topic) {
  return (course.modules ?? []).find((module) => module.code === topic)?.body ?? '';
}

// Index of the choice that shares most pairs of neighbouring characters with the text, by its length.
export function mostLike(text, choices) {
  const shares = choices.map((choice) => {
    const characters = [...choice];
    const pairs = characters.slice(1).map((character, i) => characters[i] + character);
    return pairs.filter((pair) => text.includes(pair)).length / Math.max(pairs.length, 1);
  });
  return shares.indexOf(Math.max(...shares));
}

// Who takes part: everybody who works there today and is not on leave; the president first.
export function participants(members, company) {
  const today = tokyoDay();
  return members
    .filter((member) => !['MEMBER_STATUS_LEFT', 'MEMBER_STATUS_ON_LEAVE'].includes(member.status))
    .filter((member) => !member.leaveDate || !isBefore(member.leaveDate, today))
    .map((member) => new Person(member, company))
    .sort((a, b) => Number(Boolean(b.member.president)) - Number(Boolean(a.member.president)));
}
