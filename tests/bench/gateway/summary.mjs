// Medians of runs, and their ratios to the rival's run of the same round: summary.mjs LINES
import { readFileSync } from 'node:fs';

const runs = {};
for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const [name, kind, us] = line.split(' ');
  (runs[`${kind} ${name}`] ??= []).push(Number(us));
}
const median = (list) => [...list].sort((a, b) => a - b)[(list.length - 1) >> 1];
for (const [key, all] of Object.entries(runs)) {
  const kind = key.split(' ')[0];
  const rival = runs[kind === 'grpc' ? 'grpc nginx' : `${kind} go`];
  const ratios = all.map((us, i) => us / rival[i]);
  console.log(key.padEnd(16), `${median(all).toFixed(1)} us`.padStart(10), `x ${median(ratios).toFixed(2)}`,
    `[${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}]`);
}
