// The identity provider of tests/e2e/oidc, and what is asked with its tokens.
//   node tests/e2e/oidc.mjs GATEWAY PROVIDER_PORT ORGANIZATION
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

const { OAuth2Server } = createRequire(new URL('../../tools/package.json', import.meta.url))('oauth2-mock-server');
const [gateway, port, organization] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const PARTNER = 'portal-server';
const KEYS_LOOKED_AT_AGAIN = 10_000; // ms, common/auth/README.md

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The provider; a key that is withdrawn is published no more, and signs no more.
const provider = new OAuth2Server();
const { keys } = provider.issuer;
const withdrawn = new Set();
let fetches = 0;
const allKeys = keys.toJSON.bind(keys);
keys.toJSON = (...wanted) => {
  fetches += 1;
  return allKeys(...wanted).filter((key) => !withdrawn.has(key.kid));
};
const nextKey = keys.get.bind(keys);
keys.get = () => {
  let key = nextKey();
  while (withdrawn.has(key.kid)) key = nextKey();
  return key;
};
// What an administrator of a real provider sets up: audience and organization, and who a server is.
let claims = { aud: 'staraction', organization };
provider.service.on('beforeTokenSigning', (token, request) => {
  Object.assign(token.payload, claims);
  if (request.body.grant_type === 'client_credentials') token.payload.sub = token.payload.client_id = PARTNER;
  if (request.body.grant_type === 'authorization_code') token.payload.sub = 'hanako';
});

async function startProvider() {
  await provider.start(Number(port), '127.0.0.1');
  provider.issuer.url = issuer; // it would call itself localhost
}

async function tokenBy(parameters) {
  const reply = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(parameters) });
  assert.equal(reply.status, 200);
  return (await reply.json()).access_token;
}
const byPassword = (username) => tokenBy({ grant_type: 'password', username, password: 'x' });
const byClientCredentials = () => tokenBy({ grant_type: 'client_credentials', client_id: PARTNER, client_secret: 'x' });

// As a browser does, with PKCE.
async function byCode() {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code', client_id: 'front-end', redirect_uri: 'http://front.localhost/back', scope: 'openid', state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  const reply = await fetch(`${issuer}/authorize?${query}`, { redirect: 'manual' });
  const code = new URL(reply.headers.get('location')).searchParams.get('code');
  return tokenBy({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: 'front-end' });
}

async function call(token, path, body) {
  const reply = await fetch(`${gateway}/v1/${path}`, {
    method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  return { status: reply.status, body: await reply.json() };
}

async function expectStatus(status, token, path, what) {
  const reply = await call(token, path);
  assert.equal(reply.status, status, `${what}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

async function waitForOrganization() {
  const token = await byPassword('hanako');
  for (let i = 0; i < 300; i += 1) {
    const reply = await call(token, 'me').catch(() => ({ status: 0 }));
    if (reply.status === 200) return;
    await sleep(100);
  }
  throw new Error('the administrator cannot sign in');
}

async function peopleAndServers() {
  const admin = await byPassword('hanako');
  const me = await expectStatus(200, admin, 'me', 'the administrator, by password');
  assert.deepEqual(me.roles, ['ROLE_ADMIN', 'ROLE_CONSULTANT']);
  await expectStatus(200, await byCode(), 'users', 'the administrator, by code');
  await expectStatus(403, await byPassword('stranger'), 'engagements', 'somebody whom nobody has added');

  await expectStatus(403, await byClientCredentials(), 'engagements', 'a server that nobody has added');
  const user = { displayName: '協力会社ポータル', issuer, subject: PARTNER, roles: ['ROLE_CONSULTANT'] };
  const added = await call(admin, 'users', user);
  assert.equal(added.status, 200, JSON.stringify(added.body));
  const server = await byClientCredentials();
  await expectStatus(200, server, 'engagements', 'a server that an administrator has added');
  const more = await call(server, 'users', { displayName: 'x', issuer, subject: 'x' });
  assert.equal(more.status, 403, 'a server does what its role may, and no more');
}

async function claimsThatAreNotGood() {
  const good = claims;
  const otherOrganization = '01900000-0000-7000-8000-0000000000ff';
  for (const [what, changed, status] of [
    ['for another audience', { aud: 'other' }, 401], ['without audience', { aud: undefined }, 401],
    ['without organization', { organization: undefined }, 401], ['of another organization', { organization: otherOrganization }, 403],
    ['of another issuer', { iss: 'http://127.0.0.1:1' }, 401], ['expired', { exp: 1_000_000_000 }, 401],
    ['not valid yet', { nbf: 4_000_000_000 }, 401],
  ]) {
    claims = { ...good, ...changed };
    await expectStatus(status, await byPassword('hanako'), 'engagements', `a token ${what}`);
  }
  claims = good;
}

// Asks without a pause until stopped, with new tokens as long as somebody makes them.
function keepAsking() {
  const result = { good: 0, bad: [], stop: false };
  result.done = (async () => {
    for (let i = 0; !result.stop; i += 1) {
      if (provider.listening && i % 5 === 0) result.token = await byPassword('hanako');
      const { status, body } = await call(result.token, 'users');
      if (status === 200) result.good += 1;
      else result.bad.push(`${status} ${JSON.stringify(body)}`);
      await sleep(20);
    }
  })();
  return result;
}

async function end(asking) {
  asking.stop = true;
  await asking.done;
  assert.equal(asking.bad.length, 0, `${asking.bad.length} of ${asking.good} failed, the first: ${asking.bad[0]}`);
  return asking.good;
}

// A new key is published and signs by turns with the old one, which then goes: RSA, EC and Ed25519.
async function keysChange(first) {
  const asking = keepAsking();
  let old = first;
  for (const algorithm of ['ES256', 'EdDSA']) {
    await sleep(KEYS_LOOKED_AT_AGAIN);
    const next = await keys.generate(algorithm);
    await sleep(1500);
    withdrawn.add(old.kid);
    old = next;
    await sleep(500);
  }
  console.log(`oidc: RS256, ES256, EdDSA in turn: ${await end(asking)} requests, none failed`);
  const { alg } = JSON.parse(Buffer.from(asking.token.split('.')[0], 'base64url'));
  assert.equal(alg, 'EdDSA');
}

// Keys that nobody has are asked for once, not with every token.
async function inventedKeys() {
  const before = fetches;
  const good = await byPassword('hanako');
  const [, payload, signature] = good.split('.');
  for (let i = 0; i < 60; i += 1) {
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: `invented-${i}` })).toString('base64url');
    await expectStatus(401, `${header}.${payload}.${signature}`, 'users', 'an invented key');
  }
  assert.ok(fetches - before <= 2, `the provider was asked ${fetches - before} times`);
}

async function providerGoesAway() {
  const asking = keepAsking();
  await sleep(500);
  await provider.stop();
  await sleep(2000);
  await startProvider();
  await sleep(500);
  console.log(`oidc: provider gone for 2 s: ${await end(asking)} requests, none failed`);
}

const first = await keys.generate('RS256');
await startProvider();
await waitForOrganization();
await peopleAndServers();
await claimsThatAreNotGood();
await keysChange(first);
await inventedKeys();
await providerGoesAway();
await provider.stop();
console.log('oidc: people and servers of the provider get in, and nobody else');
