// Brings one company to its star through the public API, as a consultant, the president and the company's people
// would: node tools/drive/one_star.mjs --company DIR --gateway URL --token-command COMMAND --out DIR
// It looks what exists and does what is missing. Exit code: 0 done, 1 refused or failed, 2 faulty input.
import { execSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Api, ApiError } from './api.mjs';
import { briefPresident } from './briefing.mjs';
import { InputError, readCompany } from './company.mjs';
import { ensureEngagement, ensureRoster, takeOn } from './contract.mjs';
import { announce, prepareDeclaration, recordDeclaration } from './declaration.mjs';
import { checkRules } from './diagnosis.mjs';
import { Documents } from './documents.mjs';
import { Links } from './links.mjs';
import { participants } from './people.mjs';
import { openCampaign, pledgeAll } from './pledges.mjs';
import { readinessText, table } from './report.mjs';
import { Training } from './training.mjs';

const TOKEN_USE_MS = 20 * 60_000;

// A token of the command, made anew before it gets old.
function tokenSource(command) {
  let token, until = 0;
  return async () => {
    if (Date.now() >= until) {
      token = execSync(command, { encoding: 'utf8' }).trim();
      until = Date.now() + TOKEN_USE_MS;
    }
    return token;
  };
}

const say = (text) => console.log(`  ${text}`);

// Who speaks for the company: president, and the contact that company.json names.
function spokespeople(company, members) {
  const president = members.find((member) => member.president) ?? members[0];
  const manager = members.find((member) => member.staffNumber === company.json.security_manager) ?? president;
  const contact = { ...manager, email: manager.email || president.email || members.find((each) => each.email)?.email };
  return { company, president, contact, manager };
}

const refresh = (api, engagement) => api.ask(`${engagement.name}/readiness:refresh`);

async function close(api, engagement) {
  if (engagement.state === 'STATE_CLOSED') return engagement;
  const closed = await api.post(`${engagement.name}:close`, {}, { turn: engagement.etag });
  say('支援を完了しました');
  return closed;
}

async function run({ company: folder, gateway, out, 'token-command': command }) {
  const company = readCompany(folder);
  const api = new Api(gateway, tokenSource(command));
  console.log(`== ${company.json.legal_name}`);
  const { client, roster } = await takeOn(api, company, say);
  let engagement = await ensureEngagement(api, client, say);
  const members = await ensureRoster(api, client, company, roster, say);
  const people = participants(members, company.json.legal_name);
  const spoken = spokespeople(company, members);
  const before = await refresh(api, engagement);
  const links = new Links(api, engagement.name);
  await briefPresident(api, engagement, spoken, say);
  const training = await new Training(api, links, engagement, people, say).run();
  const check = await checkRules(api, client, engagement, company.json.legal_name, spoken.manager.name, spoken.president.name, say);
  const documents = new Documents(api, client, out, say);
  const campaign = await openCampaign(api, engagement);
  await documents.write('DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET', campaign.name, 'president_pledge.pdf', spoken.president.name);
  await documents.write('DOCUMENT_KIND_PLEDGE_SHEET', campaign.name, 'pledge.pdf');
  const pledges = await pledgeAll(api, links, engagement, campaign, people, say);
  let declaration = await prepareDeclaration(api, client, engagement, spoken, say);
  await documents.write('DOCUMENT_KIND_DECLARATION_SHEET', declaration.name, 'declaration.pdf');
  declaration = await recordDeclaration(api, declaration, spoken, say);
  await announce(api, client, declaration, say);
  const after = await refresh(api, engagement);
  engagement = await close(api, await api.get(engagement.name));
  console.log(`== 結果`);
  console.log(table([
    ['充足', `${readinessText(before)} → ${readinessText(after)}`],
    ['テスト平均', `${training.before}点 → ${training.after}点`],
    ['研修', `${training.completed}/${training.counted}人`],
    ['誓約', `${pledges.pledged}/${pledges.counted}人`],
    ['ルール点検', `不足${check.gaps}件 → 対策${check.measures}件、社内ルール${check.rules}件`],
    ['自己宣言ID', declaration.issuedId],
    ['支援', engagement.name],
    ...documents.files.map((file) => ['文書', file]),
  ]));
}

const { values } = parseArgs({
  options: {
    company: { type: 'string' },
    gateway: { type: 'string' },
    out: { type: 'string' },
    'token-command': { type: 'string' },
  },
});
if (!values.company || !values.gateway || !values['token-command'] || !values.out) {
  console.error('usage: node one_star.mjs --company DIR --gateway URL --token-command COMMAND --out DIR');
  process.exit(2);
}
try {
  await run(values);
} catch (error) {
  if (error instanceof InputError) {
    console.error([`入力に誤りがあります: ${error.message}`, ...error.lines.map((line) => `  ${line}`)].join('\n'));
    process.exit(2);
  }
  console.error(error instanceof ApiError ? error.toString() : error);
  process.exit(1);
}
