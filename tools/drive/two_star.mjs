// On from one star to two: self-diagnosis, ledger, risks, measures, policy and regulations in operation and with
// everybody's pledge, the declaration and its announcement.
import { ensureEngagement } from './contract.mjs';
import { tokyoDay } from './dates.mjs';
import { announce, prepareDeclaration, recordDeclaration } from './declaration.mjs';
import { Ledger } from './ledger.mjs';
import { Links } from './links.mjs';
import { Operation } from './operation.mjs';
import { chance } from './people.mjs';
import { openCampaign, pledge, pledgeFigures } from './pledges.mjs';
import { Policies } from './policy.mjs';
import { readinessText } from './report.mjs';
import { Risks, bandsText } from './risks.mjs';
import { SelfDiagnosis, scoreText } from './self_diagnosis.mjs';

const channel = 'CHANNEL_CONSULTANT';
const SMALL = 5; // people up to whom the short regulations do
const FIRST = 1; // the priority of measures that are carried out at once

// What the company says where a document asks it to decide.
const DECISIONS = { emergency_phone: '06-0000-0000', contact: '総務' };
const decide = (code) => DECISIONS[code.split('.').at(-1)] ?? '社長が決める';

const allows = (measure, verb) => (measure.allowedActions ?? []).includes(verb);

// Decides every measure, and carries out what is most urgent or a treatment asks for. The answers that the items of
// the diagnosis have by then: what was found out, and what is done.
async function carryOut(api, client, engagement, owner, company) {
  const answers = new Map();
  for (let open = true; open;) {
    open = false;
    for (const measure of await api.list(`${client.name}/measures`, 'measures')) {
      let now = measure;
      if (now.state === 'STATE_PROPOSED') {
        now = await api.post(`${now.name}:decide`, { owner, dueDate: tokyoDay(60), channel });
        open = true;
      }
      const wanted = now.kind === 'KIND_FIND_OUT' || now.control || now.priority === FIRST;
      if (wanted && allows(now, 'complete')) {
        const found = now.kind === 'KIND_FIND_OUT'
          ? { answer: chance(company, now.item, 'found') < 0.5 ? 'ANSWER_FOLLOWED' : 'ANSWER_NOT_FOLLOWED' } : {};
        now = await api.post(`${now.name}:complete`, { note: '担当者が行い、設定と記録を確かめた', channel, ...found });
        open = true;
      }
      if (!now.item || !['STATE_DONE', 'STATE_VERIFIED'].includes(now.state)) continue;
      if (now.kind !== 'KIND_FIND_OUT') answers.set(now.item, 'ANSWER_FOLLOWED');
      else if (!answers.has(now.item)) answers.set(now.item, now.foundAnswer);
    }
  }
  return answers;
}

// A photo of the notice, of one dot.
const PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAtRfM0gAAAABJRU5ErkJggg==';

// The policy is shown to everybody: on the web site, else on the wall by the entrance.
async function publishPolicy(api, client, revision, say) {
  const known = await api.list(`${client.name}/publications`, 'publications');
  if (known.some((each) => each.kind === 'KIND_POLICY' && each.state === 'STATE_PUBLISHED')) return;
  const medium = client.website ? 'ANNOUNCEMENT_MEDIUM_WEB_PAGE' : 'ANNOUNCEMENT_MEDIUM_NOTICE';
  const shown = client.website ? { url: `${client.website.replace(/\/$/, '')}/security-policy` }
    : { description: '事務所の入口に掲示し、取引先へ配布', proofDate: tokyoDay() };
  await api.post(`${client.name}/publications`, {
    publication: { kind: 'KIND_POLICY', medium, publishDate: tokyoDay(), ...shown },
    ...(client.website ? {} : { proof: PHOTO, proofMediaType: 'image/png' }),
  });
  say(`基本方針の公開: ${shown.url ?? shown.description}`);
}

// Policy and regulations, approved and published.
async function establish(api, client, engagement, president, documents, say) {
  const { policyTemplate, regulationsTemplate, smallRegulationsTemplate } = engagement.editions;
  const policies = new Policies(api, documents, president, say);
  const policy = await policies.establish(policyTemplate, client.name, decide);
  await publishPolicy(api, client, await policies.publish(policy, 'ホームページと掲示で公開'), say);
  const tiny = (client.employeeCount ?? SMALL) <= SMALL;
  const template = tiny ? smallRegulationsTemplate || regulationsTemplate : regulationsTemplate;
  const regulations = await policies.establish(template, client.name, decide);
  await policies.publish(regulations, '全員に配布');
  return template;
}

// The engagement to two stars up to where the measures are decided: first diagnosis, ledger, analysis, treatments.
export async function startTwoStars(api, { client, company, spoken }, { refresh, say }) {
  const { manager, president } = spoken;
  const engagement = await ensureEngagement(api, client, { star: 2, offering: 'offerings/two-star' }, say);
  const before = await refresh(api, engagement);
  const diagnosis = new SelfDiagnosis(api, engagement, company.views, president.displayName, say);
  const first = await diagnosis.first();
  const ledger = new Ledger(api, client, company.ledger, say);
  await ledger.take();
  await ledger.hints();
  const risks = new Risks(api, client, engagement, { owner: manager.name, president: president.name }, say);
  const start = await risks.analyse(await ledger.freeze('リスク分析（対策前）'), [first.name], '対策前');
  await risks.treat(start);
  return { engagement, before, diagnosis, first, ledger, risks, start };
}

export async function twoStars(api, { client, company, people, spoken }, documents, { refresh, move, say }) {
  const { manager, president } = spoken;
  const begun = await startTwoStars(api, { client, company, spoken }, { refresh, say });
  const { engagement, before, diagnosis, first, ledger, risks, start } = begun;
  const answers = await carryOut(api, client, engagement, manager.name, company.json.legal_name);
  const second = await diagnosis.second(first, answers);
  const snapshot = await ledger.freeze('リスク分析（対策後）');
  const end = await risks.analyse(snapshot, [second.name], '対策後', start);
  say(`リスク: 対策前 ${bandsText(start.stageView?.bands)} → 対策後 ${bandsText(end.stageView?.bands)}`);
  const regulations = await establish(api, client, engagement, president, documents, say);
  const operation = await new Operation(api, client, engagement, manager, say).live();
  const campaign = await openCampaign(api, engagement, 'SUBJECT_POLICY');
  await pledge(api, new Links(api, engagement.name), engagement, campaign, people);
  const pledges = await pledgeFigures(api, campaign, say);
  let declaration = await prepareDeclaration(api, client, engagement, spoken, say);
  await documents.write('declaration-sheet', declaration.name, 'declaration_two_stars.pdf');
  declaration = await recordDeclaration(api, declaration, spoken, say);
  await move(api, engagement, 'declare', ['STATE_ACTIVE'], '二つ星を宣言したことを記録しました');
  await announce(api, client, declaration, say);
  await ledger.write(documents);
  await documents.writeTwoStars(engagement, { diagnosis: second, analysis: end, snapshot, regulations });
  const after = await refresh(api, engagement);
  await move(api, engagement, 'close', ['STATE_ACTIVE', 'STATE_DECLARED', 'STATE_SUSTAINING'], '二つ星の支援を完了しました');
  return [
    ['充足（二つ星）', `${readinessText(before)} → ${readinessText(after)}`],
    ['自社診断', `${scoreText(first)} → ${scoreText(second)}`],
    ['リスク', `${bandsText(start.stageView?.bands)} → ${bandsText(end.stageView?.bands)}`],
    ['運用', `活動${operation.activities}件（済み${operation.done}件）、様式${operation.forms}件、指摘${operation.findings}件`],
    ['誓約（方針と規程）', `${pledges.pledged}/${pledges.counted}人`],
    ['自己宣言ID（二つ星）', declaration.issuedId],
    ['支援（二つ星）', engagement.name],
  ];
}
