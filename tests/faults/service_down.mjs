// Asks the gateway for what each service reads, and holds what service_down says.
//   node tests/faults/service_down.mjs before|down|hangs|back GATEWAY TOKEN FOLDER [SERVICE]
// `before` writes answers and times to FOLDER/before.json; the others compare with them.
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { takeOnCompany } from './reads.mjs';

const [phase, gateway, token, folder, service] = process.argv.slice(2);
const ROUNDS = 12; // of all paths, in each phase
const OWN_LIMIT = 3000; // ms in which a request to a service that is gone comes back
const BACK_LIMIT = 5000; // ms in which a service that is back is found

// GET, or POST with a body.
async function ask(path, body) {
  const begin = performance.now();
  const reply = await fetch(`${gateway}/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await reply.json();
  return { status: reply.status, body: answer, retryAfter: reply.headers.get('retry-after'), ms: performance.now() - begin };
}

const reasonOf = (body) => body.error?.details?.find((each) => each['@type'].endsWith('ErrorInfo'))?.reason;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const p99 = (times) => [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1];

function fail(text) {
  console.error(`service_down.mjs ${phase} ${service ?? ''}: ${text}`);
  process.exit(1);
}

// Rounds over the paths of these services: faults, and the times of their answers.
async function compare(before, services) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of services.flatMap((name) => before.paths[name])) {
      const { status, body, ms } = await ask(path);
      times.push(ms);
      if (status !== 200) fail(`${path}: ${status} ${JSON.stringify(body)}`);
      if (!isDeepStrictEqual(body, before.bodies[path])) fail(`${path} answers otherwise than before`);
    }
  }
  return times;
}

async function recordBefore() {
  const { paths } = await takeOnCompany(gateway, token);
  const before = { paths, bodies: {}, times: [] };
  // Facts are still on their way to the engagement service: until nothing changes any more.
  for (let last; !isDeepStrictEqual(last, before.bodies); await sleep(2000)) {
    last = before.bodies;
    before.bodies = {};
    for (const path of Object.values(paths).flat()) {
      const { status, body } = await ask(path);
      if (status !== 200) fail(`${path}: ${status} ${JSON.stringify(body)}`);
      before.bodies[path] = body;
    }
  }
  before.times = await compare(before, Object.keys(paths));
  writeFileSync(`${folder}/before.json`, JSON.stringify(before));
  console.log(`before: p99 ${p99(before.times).toFixed(1)} ms of ${before.times.length} requests`);
}

// Whoever asks for what is gone gets 503 at once, with a time to come again.
async function expectUnavailable(paths, limit) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of paths) {
      const { status, body, retryAfter, ms } = await ask(path);
      times.push(ms);
      if (status !== 503 || reasonOf(body) !== 'PEER_UNAVAILABLE' || !retryAfter) fail(`${path}: wanted 503 PEER_UNAVAILABLE with Retry-After, got ${status} ${retryAfter} ${JSON.stringify(body)}`);
      if (ms > limit) fail(`${path} took ${ms.toFixed(0)} ms, at most ${limit} are allowed`);
    }
  }
  return times;
}

async function expectDown(before) {
  const own = await expectUnavailable(before.paths[service], OWN_LIMIT);
  let line = `${service} is gone: its own p99 ${p99(own).toFixed(1)} ms`;
  const others = Object.keys(before.paths).filter((name) => name !== service);
  if (service === 'engagement') {
    // Who may do what is known there alone, and nobody guesses: with it all that is about a client is refused, in time.
    await sleep(3500); // what was known before is forgotten
    const refused = await expectUnavailable(others.flatMap((name) => before.paths[name]), OWN_LIMIT);
    line += `; the others refuse in time, p99 ${p99(refused).toFixed(1)} ms`;
  } else {
    const times = await compare(before, others);
    const [now, then] = [p99(times), p99(before.times)];
    if (now > 3 * then + 50) fail(`the others' p99 is ${now.toFixed(1)} ms, before it was ${then.toFixed(1)} ms`);
    line += `; the others answer as before, p99 ${now.toFixed(1)} ms (${then.toFixed(1)} ms)`;
  }
  console.log(line);
}

// Who calls a peer that hangs waits for it three times; then it is left alone. Analyses read the ledger.
async function expectLeftAlone(before) {
  const { name: engagement, client } = before.bodies.engagements.engagements[0];
  const snapshot = `${client}/assetSnapshots/01900000-0000-7000-8000-0000000000aa`;
  const analysis = { snapshot, riskModel: before.bodies.riskModels.riskModels[0].name, note: 'x' };
  const analyse = () => ask(`${engagement}/analyses`, analysis);
  const waited = await Promise.all([analyse(), analyse(), analyse()]);
  if (waited.some(({ status }) => status < 500)) fail(`analyses: ${JSON.stringify(waited)}`);
  const { status, body, ms } = await analyse();
  if (status !== 503 || reasonOf(body) !== 'PEER_UNAVAILABLE') fail(`analyses: ${status} ${JSON.stringify(body)}`);
  if (ms > 1000) fail(`analyses still wait for it: ${ms.toFixed(0)} ms`);
  const answers = await compare(before, Object.keys(before.paths).filter((name) => name !== service));
  const longest = Math.max(...waited.map((each) => each.ms));
  console.log(`${service} hangs: three calls waited up to ${longest.toFixed(0)} ms, the next ${ms.toFixed(0)} ms; the others' p99 ${p99(answers).toFixed(1)} ms`);
}

// By every connection that the gateway keeps: several rounds without a fault.
async function expectBack(before) {
  const begin = performance.now();
  const paths = Object.values(before.paths).flat();
  let found = 0;
  for (let good = 0; good < 4; good += 1) {
    for (const path of paths) {
      const { status, body } = await ask(path);
      if (status === 200) continue;
      found = performance.now() - begin;
      if (found > BACK_LIMIT) fail(`${path} is not answered after ${BACK_LIMIT} ms: ${status} ${JSON.stringify(body)}`);
      good = -1;
      await sleep(20);
    }
  }
  console.log(`${service} is back: the last refusal came after ${found.toFixed(0)} ms`);
}

if (phase === 'before') {
  await recordBefore();
} else {
  const before = JSON.parse(readFileSync(`${folder}/before.json`, 'utf8'));
  await { down: expectDown, hangs: expectLeftAlone, back: expectBack }[phase](before);
}
