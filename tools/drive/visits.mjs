// The consultant's visits: held with minutes, decisions and homework, confirmed by the company, with the time
// that they took. The plan has the visits; here stands what is said on the first two of them.
import { tokyoDay, tokyoWeekday } from './dates.mjs';

const MINUTE = 60_000;

const OPENING = {
  step: '1.2',
  length: 120,
  nextInDays: 14,
  minutes: '進め方と日程を説明し、研修の対象者を名簿で確かめた。\n\n- 研修は全員が出られるよう、2回に分けて行う。\n'
    + '- メールのない人には、用紙とタブレットを用意する。\n\n社長から、取引先の求めに応えられるよう早めに宣言したい、との話があった。',
  decisions: ({ president }) => [{ text: '全員で研修を受け、全員が誓約する。', person: president.displayName }],
  homework: ({ manager }) => [
    { title: '名簿にもれがないか確かめ、変わったところを知らせる。', side: 'SIDE_CLIENT', ownerMember: manager.name, dueDate: tokyoWeekday(7) },
    { title: '研修の案内文と日程表を作る。', side: 'SIDE_CONSULTANT', dueDate: tokyoWeekday(5) },
  ],
};

const RULES = {
  step: '1.1',
  length: 90,
  nextInDays: 28,
  minutes: '点検で見つかった不足を一つずつ見て、対策と担当者を決めた。\n\n- 費用のかからないものは、その場で設定を変えた。\n'
    + '- 社内ルールは、社長が読み上げて確かめた。\n\n宿題の名簿の確認は済んでいた。',
  decisions: ({ president }) => [{ text: '社内ルールを全員に配り、事務所に掲示する。', person: president.displayName }],
  homework: ({ manager }) => [
    { title: '社内ルールを印刷し、出入口の近くに掲示する。', side: 'SIDE_CLIENT', ownerMember: manager.name, dueDate: tokyoWeekday(14) },
  ],
};

export class Visits {
  constructor(api, engagement, spoken, say) {
    Object.assign(this, { api, engagement, spoken, say });
  }

  open() {
    return this.#visit(0, OPENING);
  }

  talkAboutRules() {
    return this.#visit(1, RULES);
  }

  async #visit(position, story) {
    const visits = await this.api.list(`${this.engagement.name}/visits`, 'visits');
    const planned = visits
      .filter((each) => each.state !== 'STATE_CANCELLED')
      .sort((a, b) => dayNumber(a) - dayNumber(b) || (a.name < b.name ? -1 : 1));
    let visit = planned[position];
    if (!visit) return;
    if (visit.state === 'STATE_PLANNED') visit = await this.#hold(visit, story);
    if (visit.state === 'STATE_HELD') await this.#confirm(visit);
    await this.#recordEffort(visit, story);
  }

  async #hold(visit, story) {
    await this.#finishHomework();
    const { president, manager } = this.spoken;
    const end = Date.now() - MINUTE;
    const { name: user } = await this.api.get('me');
    const people = [...new Set([president.name, manager.name])].map((member) => ({ member }));
    await this.api.patch(visit.name, { means: 'MEANS_ONSITE', place: '会議室' }, ['means', 'place']);
    return this.api.post(`${visit.name}:hold`, {
      startTime: new Date(end - story.length * MINUTE).toISOString(),
      endTime: new Date(end).toISOString(),
      participants: [...people, { user }],
      minutes: story.minutes,
      decisions: story.decisions(this.spoken),
      homework: story.homework(this.spoken),
      nextVisitDate: tokyoWeekday(story.nextInDays),
    });
  }

  async #confirm(visit) {
    const { manager } = this.spoken;
    await this.api.post(`${visit.name}:confirm`, { person: manager.displayName, channel: 'CHANNEL_CONSULTANT' });
    this.say(`訪問: ${visit.title}（宿題${(visit.homework ?? []).length}件、お客様が報告書を確認）`);
  }

  // What was agreed on the visit before is done by now.
  async #finishHomework() {
    const tasks = await this.api.list(`${this.engagement.name}/tasks`, 'tasks', { openOnly: true });
    for (const task of tasks.filter((each) => each.source === 'TASK_SOURCE_HOMEWORK')) {
      await this.api.post(`${task.name}:complete`);
    }
  }

  async #recordEffort(visit, story) {
    const path = `${this.engagement.name}/effortEntries`;
    const entries = await this.api.list(path, 'effortEntries');
    if (entries.some((each) => each.note === visit.title)) return;
    await this.api.post(path, { workDate: tokyoDay(), step: story.step, minutes: story.length, note: visit.title });
  }
}

function dayNumber({ plannedDate: { year, month, day } }) {
  return year * 10_000 + month * 100 + day;
}
