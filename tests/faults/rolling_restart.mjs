// Reads and writes through two gateways, as an ingress would send them: to those that say that they are ready.
//   node tests/faults/rolling_restart.mjs TOKEN STOP-FILE GATEWAY GATEWAY
// Goes on until STOP-FILE is there; then every effort entry must stand once. Exit code 0: no request failed, none was lost or done twice.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { takeOnCompany } from './reads.mjs';

const [token, stopFile, ...gateways] = process.argv.slice(2);
const CALLERS = 6;
const PAUSE = 20; // ms between a caller's requests
const POLL = 250; // ms between looks at who is ready

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const agents = new Map(gateways.map((gateway) => [gateway, new Agent({ keepAlive: true })]));
const looking = new Agent({ keepAlive: false });
let ready = [...gateways];

function send(agent, method, url, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const call = request(url, { agent, method, headers, timeout: 20_000 }, (reply) => {
      const parts = [];
      reply.on('data', (part) => parts.push(part));
      reply.on('error', reject);
      reply.on('end', () => resolve({ status: reply.statusCode, text: Buffer.concat(parts).toString() }));
    });
    call.on('timeout', () => call.destroy(new Error('no answer in 20 s')));
    call.on('error', reject);
    call.end(body && JSON.stringify(body));
  });
}

async function watchReadiness() {
  while (!existsSync(stopFile)) {
    const looks = gateways.map((gateway) => send(looking, 'GET', `${gateway}/readyz`).catch(() => ({ status: 0 })));
    const answers = await Promise.all(looks);
    ready = gateways.filter((_, i) => answers[i].status === 200);
    await sleep(POLL);
  }
}

const failures = [];
const times = [];
let turn = 0;

// One request; a failure is noted, and never tried again.
async function ask(method, path, body) {
  const gateway = ready[(turn += 1) % ready.length];
  const begin = performance.now();
  const answer = gateway
    ? await send(agents.get(gateway), method, `${gateway}/v1/${path}`, body).catch((error) => ({ status: 0, text: error.message }))
    : { status: 0, text: 'no gateway is ready' };
  times.push(performance.now() - begin);
  if (answer.status !== 200) failures.push(`${method} ${path} at ${gateway}: ${answer.status} ${answer.text}`);
  return answer;
}

async function call(number, engagement, paths) {
  let written = 0;
  for (let i = number; !existsSync(stopFile); i += 1) {
    await ask('GET', paths[i % paths.length]);
    const entry = { step: '1.1', minutes: 1, workDate: { year: 2026, month: 1, day: 5 }, note: `caller ${number}` };
    const { status } = await ask('POST', `${engagement}/effortEntries`, entry);
    if (status === 200) written += 1;
    await sleep(PAUSE);
  }
  return written;
}

async function count(engagement) {
  let found = 0;
  let pageToken = '';
  do {
    const { text } = await ask('GET', `${engagement}/effortEntries?pageSize=1000&pageToken=${encodeURIComponent(pageToken)}`);
    const page = JSON.parse(text);
    found += page.effortEntries?.length ?? 0;
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return found;
}

const { engagement, paths } = await takeOnCompany(gateways[0], token);
console.log('load: begins');
const callers = Array.from({ length: CALLERS }, (_, number) => call(number, engagement, Object.values(paths).flat()));
const [, ...written] = await Promise.all([watchReadiness(), ...callers]);
const asked = written.reduce((sum, each) => sum + each, 0);
const found = await count(engagement);
const sorted = times.sort((a, b) => a - b);
const at = (share) => sorted[Math.ceil(sorted.length * share) - 1].toFixed(1);
console.log(`${times.length} requests, ${failures.length} failed; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms; ${found} entries stand of ${asked} written`);
for (const failure of failures.slice(0, 20)) console.error(failure);
process.exit(failures.length === 0 && found === asked && asked > 100 ? 0 : 1);
