// Gauges of the business against SQL over the same database, at a quiet moment: no difference once those that
// were read before are not kept any more.
//   node tests/monitoring/gauges.mjs SQL-COMMAND SERVICE=ADDRESS…
// SQL-COMMAND answers a statement that it gets as its argument.
import { execFileSync } from 'node:child_process';

const [sqlCommand, ...addresses] = process.argv.slice(2);
const KEPT_MS = 70_000;

// Deleted clients are left out.
const CLIENT = 'join engagement.client c using (organization_id, client_id)';

// Metric, labels whose lines are added up, and what SQL says.
const SAME = [
  ['staraction_engagements', {}, `select count(*) from engagement.engagement ${CLIENT} where delete_time is null`],
  ['staraction_engagements', { state: 'active' }, `select count(*) from engagement.engagement ${CLIENT} where delete_time is null and state = 'STATE_ACTIVE'`],
  ['staraction_engagements_by_readiness', {}, `select count(*) from engagement.engagement ${CLIENT} where delete_time is null and not pilot and state in ('STATE_CONTRACTED', 'STATE_ACTIVE')`],
  ['staraction_engagements_by_days_left', {}, `select count(*) from engagement.engagement ${CLIENT} where delete_time is null and not pilot and state in ('STATE_CONTRACTED', 'STATE_ACTIVE')`],
  ['staraction_engagements_overdue', {}, `select count(*) from engagement.engagement ${CLIENT} where delete_time is null and not pilot and state not in ('STATE_CLOSED', 'STATE_CANCELLED') and next_due_date < (now() at time zone 'Asia/Tokyo')::date`],
  ['staraction_fact_sheets_behind', {}, `select count(*) from engagement.fact_sheet f ${CLIENT} where delete_time is null and announced_version > f.version`],
  ['staraction_clients', {}, 'select count(*) from engagement.client where delete_time is null'],
  ['staraction_message_deliveries', {}, 'select count(*) from engagement.delivery'],
  ['staraction_due_items_overdue', { kind: 'activity' }, `select count(*) from engagement.activity ${CLIENT} where delete_time is null and state = 'STATE_PLANNED' and due_date < (now() at time zone 'Asia/Tokyo')::date`],
  ['staraction_training_sessions', {}, 'select count(*) from training.session'],
  ['staraction_training_attempts', { kind: 'after', result: 'passed' }, "select count(*) from training.attempt where kind = 'KIND_AFTER' and passed and state = 'STATE_SUBMITTED'"],
  ['staraction_training_score_ratio', { kind: 'before' }, "select avg(score_percent) / 100 from training.attempt where kind = 'KIND_BEFORE' and state = 'STATE_SUBMITTED'"],
  ['staraction_diagnoses', {}, 'select count(*) from diagnosis.diagnosis'],
  ['staraction_measures', {}, 'select count(*) from diagnosis.measure'],
  ['staraction_self_diagnosis_clients', {}, "select count(distinct client_id) from diagnosis.diagnosis where kind = 'QUESTIONNAIRE_KIND_SELF_DIAGNOSIS' and state = 'STATE_CONCLUDED'"],
  ['staraction_assets', {}, 'select count(*) from asset.asset'],
  ['staraction_asset_ledgers', {}, 'select count(distinct client_id) from asset.asset'],
  ['staraction_risk_assets', { occasion: 'latest' }, "select sum((b->>'assets')::int) from (select distinct on (client_id) stage_view from risk.analysis order by client_id, create_time desc) a, jsonb_array_elements(stage_view->'bands') b"],
  ['staraction_risk_treatments', {}, 'select count(*) from risk.treatment'],
  ['staraction_documents', {}, 'select count(*) from document.document'],
  ['staraction_document_revisions', {}, 'select count(*) from document.revision'],
  ['staraction_declarations', {}, 'select count(*) from declaration.declaration'],
  ['staraction_pledges', { state: 'pledged' }, "select count(*) from declaration.pledge join declaration.campaign using (campaign_id) where pledge.state = 'STATE_PLEDGED' and campaign.state = 'STATE_OPEN' and exemption is null"],
  ['staraction_inquiries', {}, 'select count(*) from declaration.inquiry'],
  ['staraction_publications', {}, 'select count(*) from declaration.publication'],
];

async function readAll() {
  const lines = [];
  for (const address of addresses.map((argument) => argument.split('=')[1])) {
    const text = await (await fetch(`http://${address}/metrics`)).text();
    for (const line of text.split('\n')) {
      const match = line.match(/^(\w+)(?:\{(.*)\})? (\S+)$/);
      if (!match) continue;
      const labels = Object.fromEntries([...(match[2] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map((label) => [label[1], label[2]]));
      lines.push({ name: match[1], labels, value: Number(match[3]) });
    }
  }
  return lines;
}

// What differs; figures that are nowhere more than zero prove nothing.
async function compare() {
  const lines = await readAll();
  const sumOf = (name, labels) => lines.filter((line) => line.name === name && Object.entries(labels).every(([key, value]) => line.labels[key] === value))
    .reduce((sum, line) => sum + line.value, 0);
  const faults = [];
  let filled = 0;
  for (const [name, labels, sql] of SAME) {
    const wanted = Number(execFileSync(sqlCommand, [sql], { encoding: 'utf8' }).trim());
    const got = sumOf(name, labels);
    if (Math.abs(got - wanted) > 1e-9) faults.push(`${name} ${JSON.stringify(labels)}: ${got}, SQL says ${wanted}`);
    if (wanted > 0) filled += 1;
  }
  if (filled < 12) faults.push(`only ${filled} figures are more than zero: nothing is proved`);
  return faults;
}

let faults = await compare();
for (const end = Date.now() + KEPT_MS; faults.length > 0 && Date.now() < end; faults = await compare()) {
  await new Promise((resolve) => setTimeout(resolve, 5000));
}
if (faults.length > 0) {
  console.error(`FAILED:\n${faults.join('\n')}`);
  process.exit(1);
}
console.log(`gauges: ${SAME.length} figures equal SQL`);
