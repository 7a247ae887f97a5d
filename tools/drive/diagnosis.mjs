// The rule check: answers, conclusion, measures for the gaps, rules.
import { chance } from './people.mjs';
import { tokyoDay } from './dates.mjs';

// How a company that has just begun stands, on average.
const STANDING = [['ANSWER_FOLLOWED', 0.5], ['ANSWER_PARTLY', 0.75], ['ANSWER_NOT_FOLLOWED', 0.92], ['ANSWER_UNKNOWN', 1]];

function answerOf(item, company) {
  const roll = chance(company, item.code);
  const wanted = STANDING.find(([, upTo]) => roll < upTo)[0];
  const offered = item.choices.map((choice) => choice.answer);
  return offered.includes(wanted) ? wanted : offered[0];
}

async function answerAll(api, diagnosis, company) {
  const questionnaire = await api.get(diagnosis.questionnaire);
  const missing = new Set(diagnosis.missingItems ?? []);
  const answers = questionnaire.items
    .filter((item) => missing.has(item.code))
    .map((item) => ({
      item: item.code,
      answer: answerOf(item, company),
      confidence: 'CONFIDENCE_SEEN',
      channel: 'CHANNEL_CONSULTANT',
      note: '訪問時に現物と担当者への聞き取りで確認',
    }));
  return answers.length === 0 ? diagnosis : api.post(`${diagnosis.name}:answerItems`, { answers });
}

async function decideAll(api, client, diagnosis, owner) {
  const measures = await api.list(`${client.name}/measures`, 'measures', { diagnosis: diagnosis.name });
  for (const measure of measures) {
    if (measure.state === 'STATE_PROPOSED') {
      await api.post(`${measure.name}:decide`, { owner, dueDate: tokyoDay(30), channel: 'CHANNEL_CONSULTANT' });
    }
    if (!measure.rule && measure.state !== 'STATE_DROPPED') await api.post(`${measure.name}:makeRule`);
  }
  return measures.length;
}

// `owner`: name of the member who is responsible for the measures.
export async function checkRules(api, client, engagement, company, owner, say) {
  const questionnaire = `questionnaires/${engagement.editions.ruleCheck}`;
  const known = await api.list(`${engagement.name}/diagnoses`, 'diagnoses');
  let diagnosis = known.find((each) => each.questionnaire === questionnaire);
  diagnosis ??= await api.post(`${engagement.name}/diagnoses`, { questionnaire });
  diagnosis = await api.get(diagnosis.name);
  if (diagnosis.state === 'STATE_OPEN') {
    diagnosis = await answerAll(api, diagnosis, company);
    diagnosis = await api.post(`${diagnosis.name}:conclude`);
  }
  const measures = await decideAll(api, client, diagnosis, owner);
  const rules = await api.list(`${client.name}/rules`, 'rules', { state: 'STATE_IN_FORCE' });
  say(`ルール点検: ${diagnosis.itemCount}項目、不足${diagnosis.gapCount ?? 0}件、対策${measures}件、社内ルール${rules.length}件`);
  return { items: diagnosis.itemCount, gaps: diagnosis.gapCount ?? 0, measures, rules: rules.length };
}
