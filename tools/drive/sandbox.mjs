// Stages three companies in an organization of their own, for partners to build against:
//   node tools/drive/sandbox.mjs --gateway URL --token-command COMMAND --issuer URL --out DIR --result FILE
// The token is that of the organization's administrator. The file gets as JSON what is there in the end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api, ApiError } from './api.mjs';
import { readCompany } from './company.mjs';
import { Documents } from './documents.mjs';
import { begin, declare, move, refresh, say, teachAndPledge, tokenSource } from './story.mjs';
import { startTwoStars } from './two_star.mjs';

async function oneStar(api, company, documents) {
  const story = await begin(api, company);
  const { campaign } = await teachAndPledge(api, story, documents(story));
  const declaration = await declare(api, story, documents(story));
  await documents(story).writeAll(story.engagement, campaign, declaration);
  return story;
}

// What a company's folder becomes.
const STAGES = [
  { folder: 'tanimachi', stage: 'beginning', play: begin },
  { folder: 'yamabuki', stage: 'one star declared', play: oneStar },
  {
    folder: 'kitahama',
    stage: 'two stars running',
    play: async (api, company, documents) => {
      const story = await oneStar(api, company, documents);
      await refresh(api, story.engagement);
      await move(api, story.engagement, 'close', ['STATE_ACTIVE', 'STATE_DECLARED', 'STATE_SUSTAINING'], '一つ星の支援を完了しました');
      const { engagement } = await startTwoStars(api, { ...story, company }, { refresh, say });
      return { ...story, engagement };
    },
  },
];

// Users to try the API as; each has a role of its own in the organization or, the president, in the last company.
async function addUsers(api, issuer, client) {
  const user = (subject, displayName, roles) => api.post('users', { issuer, subject, displayName, roles });
  const consultant = await user('sandbox-consultant', '担当コンサルタント（サンドボックス）', ['ROLE_CONSULTANT']);
  await user('sandbox-reporter', '集計担当（サンドボックス）', ['ROLE_REPORTING']);
  const president = await user('sandbox-president', '社長（サンドボックス）', []);
  await api.post(`${client}/accesses`, { user: consultant.name, role: 'ROLE_CONSULTANT' });
  await api.post(`${client}/accesses`, { user: president.name, role: 'ROLE_PRESIDENT' });
  return ['sandbox-consultant', 'sandbox-reporter', 'sandbox-president'];
}

async function run({ gateway, issuer, out, result, 'token-command': command }) {
  const api = new Api(gateway, tokenSource(command));
  const companies = [];
  for (const { folder, stage, play } of STAGES) {
    const company = readCompany(join('tests/data', folder));
    console.log(`== ${company.json.legal_name}: ${stage}`);
    const story = await play(api, company, ({ client }) => new Documents(api, client, join(out, folder), say));
    companies.push({
      displayName: story.client.legalName, stage, client: story.client.name, engagement: story.engagement.name,
    });
  }
  const subjects = await addUsers(api, issuer, companies.at(-1).client);
  writeFileSync(result, JSON.stringify({ companies, subjects: ['sandbox-admin', ...subjects] }));
}

const OPTIONS = ['gateway', 'token-command', 'issuer', 'out', 'result'];
const { values } = parseArgs({
  options: Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' }])),
});
if (OPTIONS.some((name) => !values[name])) {
  console.error(`usage: node sandbox.mjs ${OPTIONS.map((name) => `--${name} …`).join(' ')}`);
  process.exit(2);
}
try {
  await run(values);
} catch (error) {
  console.error(error instanceof ApiError ? error.toString() : error);
  process.exit(1);
}
