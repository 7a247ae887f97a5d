// The regulations in operation, tried before everybody pledges: forms are in use, what the year's plan asks for first is
// done, somebody of the company looks whether the rules are kept.
import { tokyoDay } from './dates.mjs';

const channel = 'CHANNEL_CONSULTANT';
const PLACE = '総務の書棚';
// A photo of the first filled sheet, of one dot.
const PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAtRfM0gAAAABJRU5ErkJggg==';
// What is not so yet at the first look.
const FOUND = { DISPOSAL_WRITTEN: '廃棄記録簿に確認した人の名前がない' };

export class Operation {
  constructor(api, client, engagement, manager, say) {
    Object.assign(this, { api, client, engagement, manager, say });
  }

  // Names of what is recorded; a second run adds nothing.
  async live() {
    const calendar = await this.api.get(`activityCalendars/${this.engagement.editions.activityCalendar}`);
    const forms = await this.#useForms(calendar.forms);
    await this.#start();
    const check = await this.#check();
    const activities = await this.api.list(`${this.client.name}/activities`, 'activities', { engagement: this.engagement.name });
    const done = activities.filter((each) => each.state === 'STATE_DONE').length;
    this.say(`運用: 年間の活動${activities.length}件（済み${done}件）、様式${forms}件、内部点検の指摘${check.openFindings ?? 0}件`);
    return { activities: activities.length, done, forms, findings: check.openFindings ?? 0 };
  }

  async #useForms(kinds) {
    const path = `${this.client.name}/operationForms`;
    const used = new Set((await this.api.list(path, 'operationForms')).map((each) => each.code));
    for (const { code } of kinds.filter((each) => !used.has(each.code))) {
      await this.api.post(path, {
        code, startDate: tokyoDay(), place: PLACE, ownerMember: this.manager.name, engagement: this.engagement.name, trial: true,
      });
    }
    return kinds.length;
  }

  // The forms are tried, and the first sheet is kept.
  async #start() {
    const planned = await this.api.list(`${this.client.name}/activities`, 'activities', { engagement: this.engagement.name });
    const first = planned.find((each) => each.code === 'FORMS_START' && each.state === 'STATE_PLANNED');
    if (!first) return;
    await this.api.post(`${this.client.name}/evidences`, {
      evidence: { subject: first.name, fileName: '情報持ち出し管理簿.png', mediaType: 'image/png', effectiveDate: tokyoDay() },
      data: PHOTO,
    });
    await this.api.post(`${first.name}:complete`, { result: '情報持ち出し管理簿を3日試し、欄を一つ広げた', channel });
  }

  async #check() {
    const path = `${this.client.name}/internalChecks`;
    const known = (await this.api.list(path, 'internalChecks')).find((each) => each.engagement === this.engagement.name);
    let check = known ?? await this.api.post(path, {
      scope: '全社', inspectorMember: this.manager.name, startDate: tokyoDay(), engagement: this.engagement.name,
    });
    if (check.state !== 'STATE_OPEN') return check;
    const answers = check.items.map(({ code }) => ({
      code, answer: FOUND[code] ? 'ANSWER_DEVIATES' : 'ANSWER_CONFORMS', note: FOUND[code] ?? '',
    }));
    await this.api.post(`${check.name}:answer`, { answers });
    const findings = await this.api.list(`${check.name}/findings`, 'findings');
    for (const [item, text] of Object.entries(FOUND)) {
      const finding = findings.find((each) => each.item === item)
        ?? await this.api.post(`${check.name}/findings`, { item, text, severity: 'SEVERITY_MINOR' });
      if (finding.state !== 'STATE_OPEN') continue;
      await this.api.post(`${finding.name}:decide`,
        { ownerMember: this.manager.name, dueDate: tokyoDay(30), correction: '確認した人の欄を様式に加える' });
    }
    check = await this.api.post(`${check.name}:conclude`, { summary: 'おおむね守られている。廃棄記録簿の確認を直す。', channel });
    return check;
  }
}
