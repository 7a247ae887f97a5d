// Brings one company to its star through the public API, as a consultant, the president and the company's people
// would: node tools/drive/one_star.mjs --company DIR --gateway URL --token-command COMMAND --out DIR
// It looks what exists and does what is missing. Exit code: 0 done, 1 refused or failed, 2 faulty input.
import { parseArgs } from 'node:util';
import { Api, ApiError } from './api.mjs';
import { InputError, readCompany } from './company.mjs';
import { Documents } from './documents.mjs';
import { readinessText, table } from './report.mjs';
import { begin, declare, move, onToTwo, refresh, say, teachAndPledge, tokenSource } from './story.mjs';

async function run({ company: folder, gateway, out, 'token-command': command }) {
  const company = readCompany(folder);
  const api = new Api(gateway, tokenSource(command));
  console.log(`== ${company.json.legal_name}`);
  const story = await begin(api, company);
  const { client, engagement } = story;
  const documents = new Documents(api, client, out, say);
  const before = await refresh(api, engagement);
  const { check, campaign, trained, pledges } = await teachAndPledge(api, story, documents);
  const declaration = await declare(api, story, documents);
  await documents.writeAll(engagement, campaign, declaration);
  const after = await refresh(api, engagement);
  await move(api, engagement, 'close', ['STATE_ACTIVE', 'STATE_DECLARED', 'STATE_SUSTAINING'], '支援を完了しました');
  const further = await onToTwo(api, company, story, documents);
  console.log(`== 結果`);
  console.log(table([
    ...further,
    ['充足', `${readinessText(before)} → ${readinessText(after)}`],
    ['テスト平均', `${trained.before}点 → ${trained.after}点`],
    ['研修', `${trained.completed}/${trained.counted}人`],
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
