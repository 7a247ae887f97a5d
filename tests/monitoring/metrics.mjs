// What running programs expose is what METRICS.md says: every name with its type, labels, meaning and service, none besides;
// promtool finds nothing in it; series and bytes of a process are bounded.
//   node tests/monitoring/metrics.mjs SERVICE=ADDRESS…
// With STARACTION_UPDATE_GOLDEN=1 the table is printed as it should be (units and places of new names are to be looked at).
import { spawnSync } from 'node:child_process';
import { goldenMetrics, SERVICES } from './lib.mjs';

const MAX_SERIES = 2000;
const MAX_BYTES = 1 << 20;

// Families of an exposition: name → { type, help, labels, series }.
function parse(text) {
  const families = new Map();
  let current = null;
  for (const line of text.split('\n')) {
    const help = line.match(/^# HELP (\S+) (.*)$/);
    const type = line.match(/^# TYPE (\S+) (\S+)$/);
    if (help) families.set(help[1], (current = { help: help[2], type: '', labels: new Set(), series: 0 }));
    else if (type) families.get(type[1]).type = type[2];
    else if (line) {
      current.series += 1;
      for (const label of (line.match(/\{(.*)\}/)?.[1] ?? '').matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) if (label[1] !== 'le') current.labels.add(label[1]);
    }
  }
  return families;
}

async function scrape(service, address) {
  const begin = performance.now();
  const text = await (await fetch(`http://${address}/metrics`)).text();
  const took = performance.now() - begin;
  const lint = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  const families = parse(text);
  const series = [...families.values()].reduce((sum, family) => sum + family.series, 0);
  return { service, families, series, bytes: text.length, took, lint: lint.status === 0 ? '' : lint.stderr };
}

// Families of all processes as one: name → { type, help, labels, where }.
function together(scrapes) {
  const all = new Map();
  for (const { service, families } of scrapes) {
    for (const [name, family] of families) {
      const one = all.get(name) ?? { ...family, labels: new Set(), where: [], series: 0 };
      one.where.push(service);
      one.series += family.series;
      for (const label of family.labels) one.labels.add(label);
      all.set(name, one);
    }
  }
  return all;
}

const sorted = (list) => [...list].sort().join(', ');

function compare(golden, found) {
  const faults = [];
  for (const [name, family] of found) {
    const wanted = golden.get(name);
    if (!wanted) { faults.push(`${name} is exposed by ${sorted(family.where)} but not in METRICS.md`); continue; }
    if (family.type !== wanted.type) faults.push(`${name}: ${family.type}, wanted ${wanted.type}`);
    if (family.help !== wanted.meaning) faults.push(`${name}: "${family.help}", wanted "${wanted.meaning}"`);
    if (sorted(family.where) !== sorted(wanted.where)) faults.push(`${name}: exposed by ${sorted(family.where)}, wanted ${sorted(wanted.where)}`);
    // Without any series nothing can be said of labels: nothing waits, nothing is late.
    if (family.series > 0 && sorted(family.labels) !== sorted(wanted.labels)) faults.push(`${name}: labels ${sorted(family.labels)}, wanted ${sorted(wanted.labels)}`);
  }
  for (const name of golden.keys()) if (!found.has(name)) faults.push(`${name} stands in METRICS.md and is not exposed`);
  for (const [name, { unit, type }] of golden) {
    const suffix = name.replace(/_total$/, '').match(/_(seconds|bytes|ratio|points|yen)$/)?.[1];
    if (suffix && unit !== suffix) faults.push(`${name}: unit ${unit}, the name says ${suffix}`);
    if ((type === 'counter') !== name.endsWith('_total')) faults.push(`${name}: only counters end with _total`);
  }
  return faults;
}

function placesOf(where) {
  if (sorted(where) === sorted([...SERVICES, 'gateway'])) return 'all';
  return sorted(where) === sorted(SERVICES) ? 'services' : where.join(', ');
}

const scrapes = await Promise.all(process.argv.slice(2).map((argument) => scrape(...argument.split('='))));
const golden = goldenMetrics();
const found = together(scrapes);
if (process.env.STARACTION_UPDATE_GOLDEN) {
  for (const [name, family] of [...found].sort()) {
    console.log(`| \`${name}\` | ${family.type} | ${golden.get(name)?.unit ?? name.match(/_(seconds|bytes|ratio|points)(_total)?$/)?.[1] ?? '?'} | ${sorted(family.labels)} | ${placesOf(family.where)} | ${family.help} |`);
  }
  process.exit(0);
}
const faults = compare(golden, found);
for (const { service, series, bytes, lint } of scrapes) {
  if (lint) faults.push(`${service}: ${lint}`);
  if (series > MAX_SERIES) faults.push(`${service}: ${series} series, at most ${MAX_SERIES}`);
  if (bytes > MAX_BYTES) faults.push(`${service}: ${bytes} bytes, at most ${MAX_BYTES}`);
}
// A renamed metric must not pass.
const renamed = new Map([...found].map(([name, family]) => [name === 'staraction_database_up' ? 'staraction_database_alive' : name, family]));
if (compare(golden, renamed).length !== compare(golden, found).length + 2) faults.push('a renamed metric is not noticed');
if (faults.length > 0) {
  console.error(`FAILED:\n${faults.join('\n')}`);
  process.exit(1);
}
console.log(`metrics: ${found.size} names as in METRICS.md; ${scrapes.map(({ service, series, bytes, took }) => `${service} ${series} series, ${(bytes / 1024).toFixed()} KiB, ${took.toFixed()} ms`).join('; ')}`);
