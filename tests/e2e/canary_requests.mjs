// Provokes errors with a canary in every text that a request can have, for every operation of the API's description:
//   node tests/e2e/canary_requests.mjs GATEWAY CANARY CLIENT-ID ENGAGEMENT-ID TOKEN OTHER-TOKEN OTHERS-FILE
// Each goes out twice, so that what must be unique meets itself. Then another organization asks for the same resources;
// what it hears goes into the file. Prints how many calls had which status.
import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';

const [gateway, canary, client, engagement, token, otherToken, othersFile] = process.argv.slice(2);
const description = await (await fetch(`${gateway}/openapi.json`)).json();
const DEPTH = 6;
let number = 0;
const sing = () => `${canary}y${(number += 1)}`;

const schemaOf = (schema) => {
  const name = schema.$ref?.split('/').pop();
  return name ? description.components.schemas[name] : schema.allOf?.length === 1 ? schemaOf(schema.allOf[0]) : schema;
};

function text(schema, name) {
  if (schema.enum) return schema.enum[1] ?? schema.enum[0];
  if (schema.format === 'byte') return Buffer.from(sing()).toString('base64');
  if (schema.format === 'email') return `${sing()}@example.co.jp`;
  if (schema.format === 'date-time') return '2026-01-02T03:04:05Z';
  if (schema.format === 'uri') return `https://www.example.jp/${sing()}`;
  if (name === 'requestId') return randomUUID();
  return sing();
}

// A value with a canary in every text of it.
function value(given, name = '', depth = 0) {
  const schema = schemaOf(given);
  if (depth > DEPTH) return undefined;
  if (schema.type === 'array') {
    const item = value(schema.items, name, depth + 1);
    return item === undefined ? [] : [item];
  }
  if (schema.type === 'object' || schema.properties) {
    const entries = Object.entries(schema.properties ?? {}).filter(([, each]) => !each.readOnly);
    return Object.fromEntries(entries.map(([key, each]) => [key, value(each, key, depth + 1)]));
  }
  if (schema.type === 'boolean') return true;
  return schema.type === 'string' || Array.isArray(schema.type) ? text(schema, name) : 1;
}

const statuses = {};
async function send(method, path, body, bearer) {
  const response = await fetch(gateway + path, {
    method: method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body: method === 'get' || method === 'delete' ? undefined : JSON.stringify(body),
  });
  statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  return response.text();
}

// Path and query; ids of the company, of nothing, or canaries.
function address(path, operation, id) {
  const query = (operation.parameters ?? []).filter((each) => each.in === 'query')
    .map((each) => `${each.name}=${encodeURIComponent([value(each.schema, each.name)].flat()[0])}`);
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name) => id(name))}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
const known = (name) => ({ clientsId: client, engagementsId: engagement })[name] ?? '01900000-0000-7000-8000-00000000dead';

writeFileSync(othersFile, '');
for (const [path, methods] of Object.entries(description.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const schema = operation.requestBody?.content['application/json']?.schema;
    const body = schema && value(schema);
    const whole = address(path, operation, known);
    for (let turn = 0; turn < 2; turn += 1) await send(method, whole, body, token);
    await send(method, address(path, operation, sing), { ...body, [sing()]: sing() }, token);
    await send(method, whole, body, undefined);
    const bare = path.replaceAll(/\{(\w+)\}/g, (_, name) => known(name));
    appendFileSync(othersFile, `${await send(method, bare, schema && {}, otherToken)}\n`);
  }
}
// Something that must be unique in the database.
for (const staffNumber of [`${canary}z`, `${canary}z`]) {
  await send('post', `/v1/clients/${client}/members`, { staffNumber, displayName: sing() }, token);
}
for (const path of [`/v1/${sing()}`, `/${sing()}?${sing()}=${sing()}`, `/v1/clients/${sing()}:${sing()}`]) {
  await send('get', path, undefined, token);
}
await send('get', '/v1/clients', undefined, sing());
console.log(JSON.stringify(statuses));
