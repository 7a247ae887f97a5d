// The TypeScript client in a real browser, on a page of another origin than the gateway's: a call, an error, a stream that tells of a
// change, a file up and a file down by REST.
//   node tests/e2e/clients_browser.mjs --client TGZ --url GATEWAY --token TOKEN --engagement NAME --page-port PORT --change-url URL --staff-number NEW --work DIR
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const require = createRequire(new URL('../../tools/', import.meta.url));
const esbuild = require('esbuild');
const { chromium } = require('playwright-core');
const { values: given } = parseArgs({
  options: Object.fromEntries(['client', 'url', 'token', 'engagement', 'page-port', 'change-url', 'staff-number', 'work'].map((name) => [name, { type: 'string' }])),
});

mkdirSync(given.work, { recursive: true });
writeFileSync(`${given.work}/package.json`, '{"type":"module"}');
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', given.client], { cwd: given.work, stdio: 'inherit' });
writeFileSync(`${given.work}/page.js`, `
  import { Code, ConnectError, connect } from '@staraction/client';
  import { EngagementService } from '@staraction/client/engagement/v1/engagement_service';
  import { Engagement_State } from '@staraction/client/engagement/v1/engagement';
  import { WatchService } from '@staraction/client/engagement/v1/watch_service';
  const { url, token, engagement } = window.given;
  const api = connect({ baseUrl: url, token: () => token });
  window.list = async () => (await api(EngagementService).listEngagements({ states: [Engagement_State.ACTIVE, Engagement_State.SUSTAINING, Engagement_State.CLOSED] })).engagements.map((one) => one.name);
  window.fails = async () => {
    try { await api(EngagementService).getEngagement({ name: 'engagements/01900000-0000-7000-8000-00000000ffff' }); return 'no error'; }
    catch (error) { return error instanceof ConnectError ? Code[error.code] : String(error); }
  };
  window.watch = async (ready) => {
    const seen = [];
    for await (const change of api(WatchService).watchEngagement({ name: engagement })) {
      if (seen.length === 0) ready();
      seen.push(change);
      if (change.changedServices.length > 0) return change.changedServices;
    }
    return 'the stream ended';
  };
  // As a page sends what somebody has chosen, and keeps what comes.
  window.file = async (roster) => {
    const headers = { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' };
    const ask = (path, body) => fetch(url + '/v1/' + path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
    const client = (await (await ask(engagement)).json()).client;
    const chosen = new Blob([Uint8Array.from(atob(roster), (c) => c.charCodeAt(0))]);
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const up = await ask(client + '/members:import', { content: btoa(String.fromCharCode(...bytes)), validateOnly: true });
    const document = (await (await ask(client + '/documents?pageSize=1')).json()).documents[0];
    const down = await ask(document.latestRevision + ':render', {});
    const pdf = await down.blob();
    return { up: up.status, down: down.status, type: pdf.type, begin: await pdf.slice(0, 5).text() };
  };
  window.ready = true;
`);
await esbuild.build({ entryPoints: [`${given.work}/page.js`], bundle: true, format: 'iife', outfile: `${given.work}/bundle.js`, logLevel: 'error' });
const page = `<!doctype html><script>window.given=${JSON.stringify({ url: given.url, token: given.token, engagement: given.engagement })}</script><script src="/bundle.js"></script>`;
const server = http.createServer((request, reply) => {
  if (request.url === '/bundle.js') return reply.end(readFileSync(`${given.work}/bundle.js`));
  reply.setHeader('Content-Type', 'text/html');
  reply.end(page);
}).listen(Number(given['page-port']), '127.0.0.1');

function check(what, seen, wanted) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(seen)}, wanted ${JSON.stringify(wanted)}`);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--ignore-certificate-errors'] });
try {
  const tab = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  tab.on('console', (message) => console.error(`page: ${message.text()}`));
  await tab.goto(`http://127.0.0.1:${given['page-port']}/`);
  await tab.waitForFunction('window.ready === true');
  const portfolio = await tab.evaluate('window.list()');
  check('the portfolio', [portfolio.length, portfolio[0]], [2, given.engagement]);
  check('an engagement that is not there', await tab.evaluate('window.fails()'), 'NotFound');
  let told;
  const ready = new Promise((done) => { told = done; });
  await tab.exposeFunction('told', () => told());
  const watching = tab.evaluate('window.watch(() => window.told())');
  await ready;
  const engagement = await (await fetch(`${given['change-url']}/v1/${given.engagement}`, { headers: { authorization: `Bearer ${given.token}` } })).json();
  const changed = await fetch(`${given['change-url']}/v1/${engagement.client}/members`, {
    method: 'POST',
    headers: { authorization: `Bearer ${given.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: '追加 花子', staffNumber: given['staff-number'] }),
  });
  check('a new member', changed.status, 200);
  check('what the stream tells', await watching, ['engagement']);
  const roster = readFileSync(new URL('../data/kitahama/roster.csv', import.meta.url)).toString('base64');
  const file = await tab.evaluate((bytes) => window.file(bytes), roster);
  check('files up and down', file, { up: 200, down: 200, type: 'application/pdf', begin: '%PDF-' });
  console.log('the browser is served');
} finally {
  await browser.close();
  server.close();
}
