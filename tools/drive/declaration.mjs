// The self-declaration: fields, acknowledgement, gBizID, preparation; then what the company did itself is recorded.
import { chance } from './people.mjs';
import { tokyoDay } from './dates.mjs';

// One that two stars took the place of is still that engagement's own.
const ENDED = ['STATE_STOPPED'];

// The reading of a name that its bearer alone knows for sure.
const FORMS = { 株式会社: 'カブシキガイシャ', 合同会社: 'ゴウドウガイシャ', 有限会社: 'ユウゲンガイシャ' };
function reading(name) {
  const text = Object.entries(FORMS).reduce((rest, [form, kana]) => rest.replace(form, kana), name);
  return /^[\p{Script=Katakana}ー・\s]+$/u.test(text) ? text : 'ヨミミカクニン';
}

// What the company answers when it is asked for a field; `company.declaration` comes first.
function valueOf(field, { company, contact, president }) {
  const told = company.declaration[field.code] ?? {
    PURPOSE: company.json.subsidy ? 'SUBSIDY' : 'AWARENESS',
    LEGAL_NAME_KANA: company.json.kind === 'sole_proprietor' ? president?.kana : reading(company.json.legal_name),
    REPRESENTATIVE_NAME_KANA: president?.kana,
    CONTACT_DEPARTMENT: contact?.department,
    CONTACT_NAME: contact?.displayName,
    CONTACT_EMAIL: contact?.email,
    CONTACT_PHONE: company.json.phone ?? '06-0000-0000',
  }[field.code];
  if (told) return told;
  return field.kind === 'FIELD_KIND_CHECK' ? 'true' : undefined;
}

async function fillFields(api, declaration, people) {
  const fields = {};
  for (const field of declaration.fields ?? []) {
    const value = field.value ? undefined : valueOf(field, people);
    if (value && (field.required || field.code.startsWith('CONTACT_'))) fields[field.code] = value;
  }
  return Object.keys(fields).length === 0 ? declaration : api.post(`${declaration.name}:setFields`, { fields });
}

// Until it is ready to be declared.
export async function prepareDeclaration(api, client, engagement, people, say) {
  const known = await api.list(`${client.name}/declarations`, 'declarations');
  let declaration = known.find((each) => each.engagement === engagement.name && !ENDED.includes(each.state));
  declaration ??= await api.post(`${client.name}/declarations`, { engagement: engagement.name });
  declaration = await api.get(declaration.name);
  if (declaration.state !== 'STATE_DRAFT') return declaration;
  if (!declaration.acknowledgement) {
    declaration = await api.post(`${declaration.name}:acknowledgeRules`,
      { presidentName: people.president.displayName, channel: 'CHANNEL_CONSULTANT' });
  }
  if (!client.gbizId?.ready) {
    await api.patch(client.name, { gbizId: { kind: 'KIND_PRIME', ready: true, applyDate: tokyoDay(-21) } }, ['gbizId']);
  }
  declaration = await api.post(`${declaration.name}:prefill`, {}, { turn: declaration.etag });
  declaration = await fillFields(api, declaration, people);
  declaration = await api.post(`${declaration.name}:prepare`, {}, { turn: declaration.etag });
  say(`自己宣言: 準備ができました（${declaration.fields.filter((field) => field.value).length}項目）`);
  return declaration;
}

// An invented id of the shape that the content describes.
function idOf(company, star) {
  return `5${String(Math.floor(chance(company, 'declaration id', star) * 1e10)).padStart(10, '0')}`;
}

// The company declares with its own gBizID; here it is only recorded.
export async function recordDeclaration(api, declaration, people, say) {
  let current = declaration;
  if (current.state === 'STATE_READY') {
    current = await api.post(`${current.name}:recordSubmission`, {
      submitDate: tokyoDay(),
      submittedBy: people.president.displayName,
      gbizIdKind: 'GBIZ_ID_KIND_PRIME',
      shownRuleList: current.ruleList,
    });
  }
  if (current.state === 'STATE_SUBMITTED') {
    current = await api.post(`${current.name}:recordIssue`,
      { issuedId: idOf(people.company.json.legal_name, declaration.star), issueDate: tokyoDay() });
  }
  say(`自己宣言: お客様が宣言し、自己宣言ID ${current.issuedId} を記録しました`);
  return current;
}

// A photo of the notice, of one dot.
const PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAtRfM0gAAAABJRU5ErkJggg==';

// The company tells that it declared: on its web site, else by a notice in its office.
export async function announce(api, client, declaration, say) {
  const known = await api.list(`${client.name}/publications`, 'publications');
  if (known.some((each) => each.declaration === declaration.name && each.state === 'STATE_PUBLISHED')) return;
  const { announcementDrafts: drafts } = await api.get(`${declaration.name}:announcementDrafts`);
  const medium = client.website ? 'ANNOUNCEMENT_MEDIUM_WEB_PAGE' : 'ANNOUNCEMENT_MEDIUM_NOTICE';
  const text = drafts.find((each) => each.medium === medium).body;
  const shown = client.website
    ? { url: client.website }
    : { description: '事務所の入口に掲示', proofDate: tokyoDay() };
  const published = await api.post(`${client.name}/publications`, {
    publication: { kind: 'KIND_ANNOUNCEMENT', declaration: declaration.name, medium, publishDate: tokyoDay(), text, ...shown },
    ...(client.website ? {} : { proof: PHOTO, proofMediaType: 'image/png' }),
  });
  say(`公表: ${published.url || published.description}（言葉の点検で見つかったもの${(published.findings ?? []).length}件）`);
}
