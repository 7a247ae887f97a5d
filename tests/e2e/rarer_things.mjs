// Makes what no company needs on its way to a star, one of each kind, so that a dump of the run holds it:
//   node tests/e2e/rarer_things.mjs GATEWAY TOKEN
// To be run once, after the only company of the organization has come to its end. A refused call ends it.
import { Api } from '../../tools/drive/api.mjs';
import { tokyoDay } from '../../tools/drive/dates.mjs';

const [gateway, token] = process.argv.slice(2);
const api = new Api(gateway, async () => token);

// A picture of one dot; no sheet can be read from it.
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAtRfM0gAAAABJRU5ErkJggg==';
const PNG = 'image/png';

// The first of a collection that fits.
async function find(path, field, fits = () => true, query = {}) {
  const found = (await api.list(path, field, query)).find(fits);
  if (!found) throw new Error(`${path} has none of the ${field} that are wanted`);
  return found;
}

const client = await find('clients', 'clients');
const closed = await find('engagements', 'engagements', (each) => each.star === 1, { states: ['STATE_CLOSED'] });
const president = await find(`${client.name}/members`, 'members', (each) => each.president);
const somebody = await find(`${client.name}/members`, 'members', (each) => !each.president);

// About the people.
await api.post(`${client.name}/contactBlocks`, { member: somebody.name, reason: 'REASON_OPTED_OUT' });
await api.post(`${closed.name}/exemptions`,
  { member: somebody.name, approver: president.name, reason: '長期の出張', channel: 'CHANNEL_CONSULTANT' });
await api.post(`${closed.name}/lessons`, { kind: 'KIND_TRY', text: '名簿は初回に受け取る' });

// Without a running engagement the steps are kept with the event, where they can be ticked off.
await api.post(`${client.name}/lifeEvents`, { kind: 'lifeEventKinds/new-seat', effectiveDate: tokyoDay(30) });

// One that holds and can be ended, and one that waits to be decided.
const exceptions = [];
for (const allowance of ['USBメモリでの受け渡し', '私物の携帯電話での撮影']) {
  exceptions.push(await api.post(`${client.name}/ruleExceptions`, {
    rule: '規程 第5章', allowance, reason: '取引先の指定', requesterMember: somebody.name, startDate: tokyoDay(), expireDate: tokyoDay(90),
  }));
}
await api.post(`${exceptions[0].name}:approve`, { approverMember: president.name });

await api.post(`${client.name}/systems`, { kind: 'PC', displayName: '受付のパソコン' });

// Files.
const diagnosis = await find(`${closed.name}/diagnoses`, 'diagnoses');
await api.post(`${diagnosis.name}/evidenceFiles`, { displayName: '更新の画面', mediaType: PNG, content: DOT });
const campaign = await find(`${closed.name}/campaigns`, 'campaigns');
await api.post(`${campaign.name}/pledgeScans:upload`,
  { files: [{ fileName: 'scan.png', mediaType: PNG, data: DOT }], effectiveDate: tokyoDay() });
// Scans of training are in no list: this one is found by the attendance of somebody who came only to the second session, and is
// now said to have been at the first one, too.
const scan = await api.post(`${closed.name}/trainingScans`, { trainingScan: { mediaType: PNG }, content: DOT });
const [first, second] = await api.list('sessions', 'sessions', { engagement: closed.name });
const { member } = await find(`${second.name}/attendances`, 'attendances');
await api.post(`${first.name}:recordAttendance`, { entries: [{ member }], channel: 'CHANNEL_PAPER', scan: scan.name });
// A document that the run leaves a draft.
const report = await find(`${client.name}/documents`, 'documents', (each) => each.template === 'templates/visit-report');
const { digest } = await api.post(`${report.latestRevision}:submit`);
await api.post(`${report.latestRevision}:approve`,
  { approver: president.name, digest, channel: 'CHANNEL_PAPER', scan: DOT, scanMediaType: PNG });

// A tablet stands only where an engagement runs; cancelled, it is nothing that a company is brought to its star with.
const quote = await api.post(`${client.name}/quotes`, { offering: 'offerings/one-star', validUntil: tokyoDay(30) }, { turn: 'rarer' });
await api.post(`${quote.name}:issue`);
const running = await api.post(`${quote.name}:accept`);
await api.post(`${running.name}/kiosks`, { displayName: '受付' });
await api.post(`${running.name}:cancel`, { reason: '試しの支援' });
console.log('rarer_things: made');
