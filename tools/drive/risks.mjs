// Risks along the life of the company's information: states of threats and controls are proposed and confirmed, the
// frozen ledger is analysed, the president decides what is done, and what was done is analysed again.
import { tokyoDay } from './dates.mjs';

const channel = 'CHANNEL_CONSULTANT';

// What a firm of this size will spend in a year: yen and hours.
const budgetOf = (people) => ({ budgetYen: String(100_000 + 10_000 * people), budgetHours: 20 + 4 * people });

export class Risks {
  // `owner`: name of the member who sees to the measures; `president`: who answers for what is accepted.
  constructor(api, client, engagement, { owner, president }, say) {
    Object.assign(this, { api, client, engagement, owner, president, say });
  }

  // The risks of a frozen ledger; `diagnoses` tell how far controls are done, `base` is what to compare with.
  async analyse(snapshot, diagnoses, note, base) {
    const known = await this.api.list(`${this.engagement.name}/analyses`, 'analyses');
    const found = known.find((each) => each.note === note);
    if (found) return this.api.get(found.name);
    await this.#confirm('threatStates', {});
    await this.#confirm('controlStates', { diagnoses });
    return this.api.post(`${this.engagement.name}/analyses`, {
      snapshot: snapshot.name,
      riskModel: `riskModels/${this.engagement.editions.riskModel}`,
      note,
      ...(base && { base: base.name }),
    });
  }

  // The best use of the budget, as treatments of all threats with a high risk; what it doesn't reach is accepted
  // for a year.
  async treat(analysis) {
    const people = this.client.employeeCount ?? 10;
    const best = await this.api.ask(`${analysis.name}:recommendControls`, budgetOf(people));
    const controls = new Set((best.controls ?? []).map((each) => each.control));
    const known = await this.api.list(`${this.client.name}/treatments`, 'treatments', { analysis: analysis.name });
    const high = await this.api.list(`${analysis.name}/scenarios`, 'scenarios', { band: 'HIGH' });
    for (const [threat, risks] of byThreat(high)) {
      const missing = [...new Set(risks.flatMap((risk) => risk.missingControls ?? []))].filter((each) => controls.has(each));
      let treatment = known.find((each) => each.threat === threat);
      treatment ??= await this.#plan(analysis, threat, missing);
      await this.#carryOut(treatment);
    }
    this.say(`リスク対応: 予算${Number(best.costYen ?? 0).toLocaleString('ja-JP')}円・${best.hours ?? 0}時間の${controls.size}件で`
      + `リスクの合計 ${best.riskSumBefore ?? 0} → ${best.riskSumAfter ?? 0}（${best.proven ? '最善と証明' : `下限${best.riskSumBound}`}）`);
    return best;
  }

  #plan(analysis, threat, controls) {
    return this.api.post(`${this.client.name}/treatments`, {
      analysis: analysis.name,
      threat,
      ...(controls.length > 0
        ? { strategy: 'STRATEGY_REDUCE', controls, note: '費用と手間に見合う対策から行う。' }
        : { strategy: 'STRATEGY_ACCEPT', note: '予算の範囲では減らせないため、1年後に見直す。' }),
    });
  }

  async #carryOut(treatment) {
    const allows = (verb) => (treatment.allowedActions ?? []).includes(verb);
    if (treatment.strategy === 'STRATEGY_ACCEPT') {
      if (!allows('accept')) return;
      await this.api.post(`${treatment.name}:accept`,
        { approver: this.president, expireDate: tokyoDay(365), reason: '来年の予算で対策する。', channel });
    } else if (allows('createMeasures') && !treatment.measures?.length) {
      await this.api.post(`${treatment.name}:createMeasures`, { owner: this.owner, dueDate: tokyoDay(60), channel });
    }
  }

  // Takes proposals over as they are: the consultant has looked at each with the company.
  async #confirm(states, proposal) {
    const path = `${this.client.name}/${states}`;
    const { differing = [] } = await this.api.post(`${path}:propose`, proposal);
    const open = (await this.api.list(path, states)).filter((each) => !each.confirmed).concat(differing);
    if (open.length === 0) return;
    const said = open.map(({ name, frequency, level, reason }) => ({ name, frequency, level, reason }));
    await this.api.post(`${path}:batchUpdate`, { [states]: said, channel });
  }
}

// Threats with their risks.
function byThreat(risks) {
  const groups = new Map();
  for (const risk of risks) groups.set(risk.threat, [...(groups.get(risk.threat) ?? []), risk]);
  return [...groups];
}

// "大 3、中 5、小 12"
export function bandsText(bands = []) {
  return bands.map((each) => `${each.displayName} ${each.assets ?? 0}`).join('、');
}
