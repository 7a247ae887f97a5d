// Client, roster, quote, engagement.
import { takeFile } from './company.mjs';
import { tokyoDay } from './dates.mjs';

async function findClient(api, wanted) {
  const clients = await api.list('clients', 'clients', { showDeleted: true });
  return clients.find((client) =>
    wanted.corporateNumber ? client.corporateNumber === wanted.corporateNumber : client.legalName === wanted.legalName);
}

// The client with the file's master data; created, taken back or brought up to date where needed.
async function ensureClient(api, company) {
  let client = await findClient(api, company.client);
  if (!client) return { client: await api.post('clients', company.client), created: true };
  if (client.deleteTime) client = await api.post(`${client.name}:undelete`);
  const same = (key) => JSON.stringify(client[key] ?? (key === 'practices' ? [] : '')) === JSON.stringify(company.client[key]);
  const changed = Object.keys(company.client).filter((key) => !same(key));
  if (changed.length > 0) {
    client = await api.patch(client.name, Object.fromEntries(changed.map((key) => [key, company.client[key]])), changed);
  }
  return { client, created: false };
}

async function importRoster(api, client, company, validateOnly) {
  return api.post(`${client.name}/members:import`, { content: company.roster.toString('base64'), validateOnly });
}

// Client and roster. A roster with a fault is told row by row, and no new client is left behind.
export async function takeOn(api, company, say) {
  const { client, created } = await takeFile(company.path, () => ensureClient(api, company));
  let roster;
  try {
    roster = await takeFile(company.rosterPath, () => importRoster(api, client, company, true));
  } catch (error) {
    if (created) await api.delete(client.name);
    throw error;
  }
  say(`お客様: ${client.legalName}`);
  return { client, roster };
}

async function acceptedQuote(api, client, offering, say) {
  const quotes = await api.list(`${client.name}/quotes`, 'quotes');
  let quote = quotes.find((each) => each.offering === offering && ['STATE_DRAFT', 'STATE_ISSUED'].includes(each.state));
  quote ??= await api.post(`${client.name}/quotes`, { offering, validUntil: tokyoDay(30) }, { turn: `${quotes.length}` });
  say(`見積: ${Number(quote.priceYen).toLocaleString('ja-JP')}円＋消費税${Number(quote.taxYen).toLocaleString('ja-JP')}円`);
  if (quote.state === 'STATE_DRAFT') quote = await api.post(`${quote.name}:issue`);
  return api.post(`${quote.name}:accept`);
}

// The client's engagement to this number of stars, opened by a quote if there is none.
export async function ensureEngagement(api, client, { star, offering }, say) {
  // Closed ones too: what was brought to its end is found again, not begun anew.
  const states = ['CONTRACTED', 'ACTIVE', 'DECLARED', 'SUSTAINING', 'CLOSED'].map((state) => `STATE_${state}`);
  const engagements = await api.list('engagements', 'engagements', { states });
  let engagement = engagements.find(
    (each) => each.client === client.name && each.star === star && each.state !== 'STATE_CANCELLED');
  engagement ??= await acceptedQuote(api, client, offering, say);
  if (engagement.state === 'STATE_CONTRACTED') {
    engagement = await api.post(`${engagement.name}:start`);
    say('支援を開始しました');
  }
  return engagement;
}

// Brings the roster up to date; `dryRun` is what takeOn() found would change.
export async function ensureRoster(api, client, company, dryRun, say) {
  const { createdCount = 0, updatedCount = 0, encoding } = dryRun;
  if (createdCount + updatedCount > 0) await importRoster(api, client, company, false);
  const members = await api.list(`${client.name}/members`, 'members');
  say(`名簿: ${members.length}人（追加${createdCount}、更新${updatedCount}、文字コード${encoding}）`);
  return members;
}
