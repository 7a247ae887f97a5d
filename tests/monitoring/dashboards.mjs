// Dashboards and rules ask only for what exists: names stand in METRICS.md or are recorded, expressions are PromQL; with a
// live Prometheus every expression of a dashboard also has an answer. Faults that are planted must be found.
//   node tests/monitoring/dashboards.mjs [PROMETHEUS-URL]
import { readdirSync, readFileSync } from 'node:fs';
import { goldenMetrics, knownNames, MONITORING, namesIn, rules, syntaxErrors } from './lib.mjs';

const [prometheus] = process.argv.slice(2);
const known = knownNames(goldenMetrics());

// Variables get values that the live system has.
const filled = (expr) => expr.replaceAll('$__rate_interval', prometheus ? '1m' : '5m').replaceAll('$service', 'engagement');

function readDashboards() {
  const expressions = [];
  const faults = [];
  const uids = new Set();
  for (const file of readdirSync(`${MONITORING}/dashboards`).sort()) {
    const dashboard = JSON.parse(readFileSync(`${MONITORING}/dashboards/${file}`, 'utf8'));
    if (!dashboard.uid || uids.has(dashboard.uid)) faults.push(`${file}: uid ${dashboard.uid} is empty or taken`);
    uids.add(dashboard.uid);
    const ids = new Set(dashboard.panels.map((panel) => panel.id));
    if (ids.size !== dashboard.panels.length) faults.push(`${file}: two panels have one id`);
    for (const panel of dashboard.panels) {
      if (!panel.title || !panel.fieldConfig?.defaults?.unit || !panel.targets?.length) faults.push(`${file}: panel ${panel.id} lacks title, unit or expression`);
      for (const target of panel.targets) expressions.push({ name: `${file}: ${panel.title}`, expr: filled(target.expr) });
    }
  }
  return { expressions, faults };
}

function faultsOf(expressions) {
  const unknown = expressions.flatMap(({ name, expr }) => namesIn(expr).filter((word) => !known.has(word)).map((word) => `${name}: no metric is called ${word}`));
  const without = expressions.filter(({ expr }) => namesIn(expr).length === 0).map(({ name }) => `${name}: names no metric`);
  const syntax = syntaxErrors(expressions);
  return [...unknown, ...without, ...(syntax ? [syntax] : [])];
}

async function unanswered(expressions) {
  const faults = [];
  for (const { name, expr } of expressions) {
    const reply = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query: expr })}`);
    const { status, error, data } = await reply.json();
    if (status !== 'success') faults.push(`${name}: ${error}`);
    else if (data.result.length === 0) faults.push(`${name}: no answer to ${expr}`);
  }
  return faults;
}

const { expressions, faults } = readDashboards();
const asked = rules().map((rule) => ({ name: rule.record ?? rule.alert, expr: rule.expr }));
if (expressions.length < 30 || asked.length < 30) faults.push(`only ${expressions.length} expressions of dashboards and ${asked.length} rules were found`);
faults.push(...faultsOf([...expressions, ...asked]));
if (prometheus) faults.push(...(await unanswered(expressions)));

const planted = [
  { expr: 'sum(rate(staraction_rpc_request_total[5m]))', says: 'no metric is called staraction_rpc_request_total' },
  { expr: 'sum(rate(staraction_rpc_requests_total[5m])', says: 'unclosed left parenthesis' },
  { expr: 'sum by (service) (staraction_database_up) > bool staraction_database_down', says: 'staraction_database_down' },
];
for (const { expr, says } of planted) {
  if (!faultsOf([{ name: 'planted', expr }]).join('\n').includes(says)) faults.push(`not found in ${expr}: ${says}`);
}
if (prometheus && (await unanswered([{ name: 'planted', expr: 'staraction_database_up == 7' }])).length !== 1) faults.push('an empty answer is not noticed');

if (faults.length > 0) {
  console.error(`FAILED:\n${faults.join('\n')}`);
  process.exit(1);
}
console.log(`dashboards: ${expressions.length} expressions and ${asked.length} rules ask for what exists${prometheus ? ', and have answers' : ''}`);
