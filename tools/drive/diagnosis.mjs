// The rule check: answers, conclusion, measures for the gaps, rules, and the rulebook as a whole.
import { chance } from './people.mjs';
import { tokyoDay } from './dates.mjs';

// How a company that has just begun stands, on average.
const STANDING = [['ANSWER_FOLLOWED', 0.5], ['ANSWER_PARTLY', 0.75], ['ANSWER_NOT_FOLLOWED', 0.92], ['ANSWER_UNKNOWN', 1]];

// What is found out where nobody knew: as often good as bad.
const FOUND = [['ANSWER_FOLLOWED', 0.5], ['ANSWER_NOT_FOLLOWED', 1]];

// How a consultant looks on a visit: settings on the screen, people where habits count.
const METHODS = { RULE_THREATS: 'CHECK_METHOD_INTERVIEW', RULE_BACKUP: 'CHECK_METHOD_DOCUMENT' };

const pick = (table, roll) => table.find(([, upTo]) => roll < upTo)[0];

function answerOf(item, company) {
  const wanted = pick(STANDING, chance(company, item.code));
  const offered = item.choices.map((choice) => choice.answer);
  return offered.includes(wanted) ? wanted : offered[0];
}

async function answerAll(api, diagnosis, company) {
  const missing = new Set(diagnosis.missingItems ?? []);
  const answers = diagnosis.items
    .filter((item) => missing.has(item.code))
    .map((item) => ({
      item: item.code,
      answer: answerOf(item, company),
      confidence: 'CONFIDENCE_SEEN',
      method: METHODS[item.ruleCode] ?? 'CHECK_METHOD_SCREEN',
      channel: 'CHANNEL_CONSULTANT',
      note: '訪問時に現物と担当者への聞き取りで確認',
    }));
  return answers.length === 0 ? diagnosis : api.post(`${diagnosis.name}:answerItems`, { answers });
}

const channel = 'CHANNEL_CONSULTANT';
const allows = (measure, verb) => (measure.allowedActions ?? []).includes(verb);

async function workOn(api, measure, owner, company) {
  let now = measure;
  if (now.state === 'STATE_PROPOSED') {
    now = await api.post(`${measure.name}:decide`, { owner, dueDate: tokyoDay(30), channel });
  }
  if (now.kind === 'KIND_FIND_OUT' && allows(now, 'complete')) {
    const answer = pick(FOUND, chance(company, now.item, 'found'));
    await api.post(`${measure.name}:complete`, { answer, note: '担当者が設定と記録を確かめた', channel });
  } else if (allows(now, 'makeRule')) {
    await api.post(`${measure.name}:makeRule`);
  }
}

// Decides all measures and makes the rules; what is found out to be a gap brings a further measure.
async function decideAll(api, client, diagnosis, owner, company) {
  const list = () => api.list(`${client.name}/measures`, 'measures', { diagnosis: diagnosis.name });
  const waits = (measure) => measure.state === 'STATE_PROPOSED' || allows(measure, 'makeRule')
    || (measure.kind === 'KIND_FIND_OUT' && allows(measure, 'complete'));
  for (let open = (await list()).filter(waits); open.length > 0; open = (await list()).filter(waits)) {
    for (const measure of open) await workOn(api, measure, owner, company);
  }
  return (await list()).length;
}

// The president approves the rulebook as it stands, unless a version says the same already.
async function publish(api, client, approver) {
  const book = await api.get(`${client.name}/rulebook`);
  const changes = Object.values(book.unpublishedChanges ?? {}).some((count) => count > 0);
  if (!book.sections?.length || (book.latestVersion && !changes)) return book.latestNumber ?? 0;
  const turn = String(book.latestNumber ?? 0);
  const version = await api.post(`${client.name}/rulebookVersions`, { approver, channel }, { turn });
  return version.number;
}

// `owner`: name of the member who is responsible for the measures; `president`: who approves the rulebook.
export async function checkRules(api, client, engagement, company, owner, president, say) {
  const questionnaire = `questionnaires/${engagement.editions.ruleCheck}`;
  const known = await api.list(`${engagement.name}/diagnoses`, 'diagnoses');
  let diagnosis = known.find((each) => each.questionnaire === questionnaire);
  diagnosis ??= await api.post(`${engagement.name}/diagnoses`, { questionnaire });
  diagnosis = await api.get(diagnosis.name);
  if (diagnosis.state === 'STATE_OPEN') {
    diagnosis = await answerAll(api, diagnosis, company);
    diagnosis = await api.post(`${diagnosis.name}:conclude`);
  }
  const measures = await decideAll(api, client, diagnosis, owner, company);
  const rules = await api.list(`${client.name}/rules`, 'rules', { state: 'STATE_IN_FORCE' });
  const version = await publish(api, client, president);
  say(`ルール点検: ${diagnosis.itemCount}項目、不足${diagnosis.gapCount ?? 0}件、対策${measures}件、社内ルール${rules.length}件（第${version}版）`);
  return { items: diagnosis.itemCount, gaps: diagnosis.gapCount ?? 0, measures, rules: rules.length };
}
