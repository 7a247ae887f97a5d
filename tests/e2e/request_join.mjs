// One id joins a request's answer, the gateway's log line, the services' log lines and the audit entry.
//   node tests/e2e/request_join.mjs GATEWAY-URL LOG-DIR TOKEN AUDIT-COMMAND
// Sends 1,000 requests, most of them wrong in some way, and then looks at every request that the logs know: also those
// of whoever drove the system before. AUDIT-COMMAND prints the audit entries, one "service|method|id" a line.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const [gateway, logDir, token, auditCommand] = process.argv.slice(2);
const REQUESTS = 1000;
const AT_ONCE = 8;
const failures = [];
const check = (holds, text) => holds || failures.push(text);

const json = { 'content-type': 'application/json' };
const user = { authorization: `Bearer ${token}` };
const unknown = '0190a000-0000-7000-8000-00000000dead';

// What is asked, and the status that it must have (429 besides: they are errors like others).
async function kinds() {
  const reply = await fetch(`${gateway}/v1/clients?pageSize=1`, { headers: user });
  const client = (await reply.json()).clients[0];
  const patch = (body, more = {}) => ({ method: 'PATCH', path: `/v1/${client.name}?updateMask=tradeName`, body, headers: { ...user, ...json, ...more } });
  // From now on the etag that was read is old.
  const { path, ...change } = patch(JSON.stringify({ tradeName: client.tradeName ?? '' }));
  await fetch(gateway + path, change);
  return [
    { status: 200, path: `/v1/${client.name}`, headers: user },
    { status: 200, writes: true, ...patch(JSON.stringify({ tradeName: client.tradeName ?? '' })) },
    { status: 400, ...patch('{"tradeName":') },
    { status: 400, ...patch(JSON.stringify({ tradeName: 'x'.repeat(2000) })) },
    { status: 400, ...patch(JSON.stringify({ tradeNam: 'x' })) },
    { status: 409, ...patch(JSON.stringify({ tradeName: 'x', etag: client.etag })) },
    { status: 415, ...patch('x', { 'content-type': 'text/plain' }) },
    { status: 400, path: '/v1/clients?pageSize=-1', headers: user },
    { status: 401, path: `/v1/${client.name}`, headers: {} },
    { status: 401, path: `/v1/${client.name}`, headers: { authorization: 'Bearer x.y.z' } },
    { status: 404, path: `/v1/clients/${unknown}`, headers: user },
    { status: 404, path: `/v1/engagements/${unknown}/briefings`, headers: user },
    { status: 404, path: '/v1/nothing', headers: user },
    { status: 405, method: 'PUT', path: '/v1/clients', body: '{}', headers: { ...user, ...json } },
  ];
}

// Ids that callers send: fit ones are taken over, others replaced.
const GIVEN = [
  () => ({ sent: {}, wanted: null }),
  () => { const id = randomUUID(); return { sent: { 'x-request-id': id }, wanted: id }; },
  () => ({ sent: { 'x-request-id': 'yamada.taro@example.co.jp' }, wanted: null }),
  () => ({ sent: { traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00` }, wanted: null }),
];

async function ask(kind, given) {
  const { sent, wanted } = given();
  const reply = await fetch(gateway + kind.path, { method: kind.method ?? 'GET', body: kind.body, headers: { ...kind.headers, ...sent } });
  const id = reply.headers.get('x-request-id');
  const body = await reply.json();
  const what = `${kind.method ?? 'GET'} ${kind.path} ${id}`;
  check(reply.status === kind.status || reply.status === 429, `${what}: status ${reply.status}, wanted ${kind.status}`);
  check(wanted === null || id === wanted, `${what}: sent ${wanted}`);
  check(!sent.traceparent || !reply.headers.get('traceparent').includes('0'.repeat(32)), `${what}: an invalid traceparent came back`);
  if (reply.status !== 200) {
    const named = body.error.details.filter((detail) => detail['@type'].endsWith('google.rpc.RequestInfo')).map((detail) => detail.requestId);
    check(named.length === 1 && named[0] === id, `${what}: the error names ${JSON.stringify(named)}`);
  }
  return { id, status: reply.status, writes: kind.writes && reply.status === 200 };
}

async function askAll() {
  const all = await kinds();
  const asked = [];
  const work = Array.from({ length: REQUESTS }, (_, i) => [all[i % all.length], GIVEN[i % GIVEN.length]]);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = work.shift(); next; next = work.shift()) asked.push(await ask(...next));
  }));
  return asked;
}

function readLogs() {
  const lines = { http: [], rpc: [] };
  for (const file of readdirSync(logDir).filter((name) => name.endsWith('.log'))) {
    for (const text of readFileSync(`${logDir}/${file}`, 'utf8').split('\n').filter((line) => line.startsWith('{'))) {
      const line = JSON.parse(text);
      lines[line.message]?.push(line);
    }
  }
  return lines;
}

const readAudit = () => execFileSync('sh', ['-c', auditCommand], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean)
  .map((line) => { const [service, method, id] = line.split('|'); return { service, method, id }; });

// What has no counterpart where it must have one.
function unjoined(asked, { http, rpc }, audit) {
  const of = (list, key) => new Set(list.map(key));
  const atGateway = of(http, (line) => line.request);
  const atServices = of(rpc, (line) => line.request);
  const done = of(rpc.filter((line) => line.code === 'OK'), (line) => `${line.service} ${line.request}`);
  const audited = of(audit, (entry) => entry.id);
  return [
    ...asked.filter((one) => !atGateway.has(one.id)).map((one) => `answer ${one.id} is not in the gateway's log`),
    ...asked.filter((one) => one.writes && !audited.has(one.id)).map((one) => `change ${one.id} is not in the audit`),
    // `why` tells of errors that the gateway made itself, before or instead of a service.
    ...http.filter((line) => line.route !== 'none' && line.why === '' && !atServices.has(line.request)).map((line) => `${line.request} ${line.route} is in no service's log`),
    ...rpc.filter((line) => line.caller === 'user' && !atGateway.has(line.request)).map((line) => `${line.request} of ${line.method} is not in the gateway's log`),
    // What jobs do by themselves ("system") nobody asked for.
    ...audit.filter((entry) => entry.method !== 'system' && !done.has(`${entry.service} ${entry.id}`)).map((entry) => `audit entry ${entry.method} ${entry.id} is in no log of ${entry.service}`),
  ];
}

const asked = await askAll();
const lines = readLogs();
const audit = readAudit();
failures.push(...unjoined(asked, lines, audit));
// The comparison itself must see each kind of gap.
const written = asked.find((one) => one.writes).id;
const without = (list, key) => list.filter((each) => each[key] !== written);
for (const [name, gaps] of Object.entries({
  'gateway line': unjoined(asked, { http: without(lines.http, 'request'), rpc: lines.rpc }, audit),
  'service line': unjoined(asked, { http: lines.http, rpc: without(lines.rpc, 'request') }, audit),
  'audit entry': unjoined(asked, lines, without(audit, 'id')),
})) check(gaps.some((gap) => gap.includes(written)), `a missing ${name} is not noticed`);

const errors = asked.filter((one) => one.status !== 200).length;
console.log(`request_join: ${asked.length} answers (${errors} errors), ${lines.http.length} lines of the gateway, ${lines.rpc.length} of services, ${audit.length} audit entries`);
if (failures.length > 0) {
  console.error(`FAILED: ${failures.length} gaps\n${failures.slice(0, 20).join('\n')}`);
  process.exit(1);
}
