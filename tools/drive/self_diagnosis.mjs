// The self-diagnosis of 25 items: views of several people come as files, the responsible person decides, and what the
// measures changed is answered in a second one.

import { takeFile } from './company.mjs';

const PERSPECTIVES = { president: 'PERSPECTIVE_PRESIDENT', it: 'PERSPECTIVE_IT', staff: 'PERSPECTIVE_STAFF' };
// Whose view the responsible person follows: who is nearest to the machines.
const BELIEVED = ['it', 'president'];

const channel = 'CHANNEL_CONSULTANT';
const isDone = (answer) => ['ANSWER_FOLLOWED', 'ANSWER_NOT_USED'].includes(answer);

export class SelfDiagnosis {
  // `views`: name of the view → its file.
  constructor(api, engagement, views, president, say) {
    Object.assign(this, { api, engagement, views, president, say });
    this.questionnaire = `questionnaires/${engagement.editions.selfDiagnosis}`;
  }

  // As the company stands at the start.
  async first() {
    const known = await this.#known();
    let diagnosis = known[0] ?? (await this.#begin({}, 'first'));
    if (diagnosis.state === 'STATE_OPEN') {
      const sheets = await this.#takeViews(diagnosis);
      const believed = BELIEVED.find((view) => sheets[view]);
      diagnosis = await this.api.post(`${diagnosis.name}:adoptAnswers`, {
        answerSheet: sheets[believed].name,
        decisionReason: '現場の設定を見て答えた人の回答を採った。',
        respondent: this.president,
        channel,
      });
      diagnosis = await this.#answerRest(diagnosis);
      diagnosis = await this.api.post(`${diagnosis.name}:conclude`);
    }
    this.say(`自社診断: ${scoreText(diagnosis)}（回答票${Object.keys(this.views).length}枚）`);
    return diagnosis;
  }

  // Once measures are carried out: `changed` has the answers of the items that they are about.
  async second(first, changed) {
    const known = await this.#known();
    let diagnosis = known[1] ?? (await this.#begin({ base: first.name }, 'second'));
    diagnosis = await this.api.get(diagnosis.name);
    if (diagnosis.state === 'STATE_OPEN') {
      const before = new Map((first.answers ?? []).map((each) => [each.item, each.answer]));
      const answers = diagnosis.items.map((item) => ({
        item: item.code,
        answer: isDone(before.get(item.code)) ? before.get(item.code) : changed.get(item.code) ?? before.get(item.code),
        channel,
      }));
      await this.api.post(`${diagnosis.name}:answerItems`, { answers });
      diagnosis = await this.api.post(`${diagnosis.name}:conclude`);
    }
    this.say(`自社診断（対策後）: ${scoreText(diagnosis)}`);
    return diagnosis;
  }

  async #known() {
    const all = await this.api.list(`${this.engagement.name}/diagnoses`, 'diagnoses');
    const own = all.filter((each) => each.questionnaire === this.questionnaire && each.state !== 'STATE_ABANDONED');
    return Promise.all(own.map((each) => this.api.get(each.name)));
  }

  #begin(more, turn) {
    return this.api.post(`${this.engagement.name}/diagnoses`, { questionnaire: this.questionnaire, ...more }, { turn });
  }

  // The sheets by view.
  async #takeViews(diagnosis) {
    const known = await this.api.list(`${diagnosis.name}/answerSheets`, 'answerSheets');
    const sheets = {};
    for (const [view, { path, content }] of Object.entries(this.views)) {
      const perspective = PERSPECTIVES[view];
      sheets[view] = known.find((each) => each.perspective === perspective);
      sheets[view] ??= (await takeFile(path, () => this.api.post(`${diagnosis.name}/answerSheets:import`,
        { answerSheet: { perspective }, content: content.toString('base64') }))).answerSheet;
    }
    return sheets;
  }

  // What nobody's sheet answers is not known.
  async #answerRest(diagnosis) {
    const missing = diagnosis.missingItems ?? [];
    if (missing.length === 0) return diagnosis;
    const answers = missing.map((item) => ({ item, answer: 'ANSWER_UNKNOWN', channel }));
    return this.api.post(`${diagnosis.name}:answerItems`, { answers });
  }
}

export function scoreText({ score = {} }) {
  return score.total === undefined ? '合計なし' : `${score.total}点（${score.bandTitle}）`;
}
