// What the checks of metrics, rules and dashboards share.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export const MONITORING = 'deploy/monitoring';
export const SERVICES = ['engagement', 'training', 'diagnosis', 'asset', 'risk', 'document', 'declaration'];

// The table of METRICS.md: name → { type, unit, labels, where }.
export function goldenMetrics(file = `${MONITORING}/METRICS.md`) {
  const metrics = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const cells = line.match(/^\| `([a-z_]+)` \|(.*)\|$/);
    if (!cells) continue;
    const [type, unit, labels, where, meaning] = cells[2].split('|').map((cell) => cell.trim());
    if (metrics.has(cells[1])) throw new Error(`${file}: ${cells[1]} stands there twice`);
    metrics.set(cells[1], { type, unit, labels: labels.split(/,\s*/).filter(Boolean), where: servicesOf(where), meaning });
  }
  return metrics;
}

function servicesOf(where) {
  if (where === 'all') return [...SERVICES, 'gateway'];
  if (where === 'services') return SERVICES;
  return where.split(/,\s*/);
}

// Names that an expression may use: those of the golden list, of our recording rules, and Prometheus's own.
export function knownNames(golden) {
  const names = new Set(['up', 'ALERTS', 'scrape_duration_seconds']);
  for (const [name, { type }] of golden) {
    if (type === 'histogram') for (const suffix of ['bucket', 'sum', 'count']) names.add(`${name}_${suffix}`);
    else names.add(name);
  }
  for (const rule of rules()) if (rule.record) names.add(rule.record);
  return names;
}

// Rules of deploy/monitoring/rules as { record or alert, expr }: each expression on its line or, folded, on those below.
export function rules(dir = `${MONITORING}/rules`) {
  const found = [];
  for (const file of readdirSync(dir).sort()) {
    let current = null;
    let folded = false;
    for (const line of readFileSync(`${dir}/${file}`, 'utf8').split('\n')) {
      const start = line.match(/^ +- (record|alert): (\S+)$/);
      const expr = line.match(/^ +expr: (.*)$/);
      if (start) found.push((current = { file, [start[1]]: start[2], expr: '' }));
      if (expr) { folded = expr[1] === '>-'; current.expr = folded ? '' : expr[1]; }
      else if (folded && /^ {10}/.test(line)) current.expr += ` ${line.trim()}`;
      else folded = false;
    }
  }
  return found;
}

const WORDS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan']);

// Metric names in an expression.
export function namesIn(expr) {
  const bare = expr.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\{[^}]*\}/g, ' ').replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/(?<![\w:.])([a-zA-Z_:][\w:]*)(?!\s*\()(?![\w:])/g)].map((match) => match[1]).filter((word) => !WORDS.has(word.toLowerCase()));
}

// What promtool says against expressions { name, expr }; empty if nothing.
export function syntaxErrors(expressions) {
  const dir = mkdtempSync('/tmp/staraction-promql.XXXXXX'.replace('XXXXXX', ''));
  try {
    const list = expressions.map(({ expr }, i) => `      - record: expression:${i}\n        expr: ${JSON.stringify(expr)}\n`).join('');
    writeFileSync(`${dir}/rules.yml`, `groups:\n  - name: expressions\n    rules:\n${list}`);
    execFileSync('promtool', ['check', 'rules', `${dir}/rules.yml`], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return `${error.stdout ?? ''}${error.stderr ?? error}`;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
