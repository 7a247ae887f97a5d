// A company's folder: company.json and roster.csv, and optionally declaration.json with what only the company
// can tell (values by the code of the declaration's field), and for two stars ledger.xlsx (or .csv) and
// self_diagnosis_president.csv, _it.csv, _staff.csv.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from './api.mjs';

// The company's files are at fault, not the program: this one. `lines` tell what, one thing each.
export class InputError extends Error {
  constructor(path, lines = []) {
    super(`${path}（何も取り込んでいません）`);
    this.lines = lines;
  }
}

// What `take` gives; a file that the API refuses is the company's fault, of which nothing is kept.
export async function takeFile(path, take) {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 413].includes(error.httpStatus)) throw error;
    throw new InputError(path, error.violations);
  }
}

const KINDS = {
  company: 'CLIENT_KIND_COMPANY',
  sole_proprietor: 'CLIENT_KIND_SOLE_PROPRIETOR',
  organisation: 'CLIENT_KIND_ORGANISATION',
  organization: 'CLIENT_KIND_ORGANISATION',
  it_vendor: 'CLIENT_KIND_IT_VENDOR',
};

function readJson(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new InputError(path, ['読めません']);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(path, [`JSONとして読めません: ${error.message}`]);
  }
}

// The master data as the API's Client; fields that are not known are left out.
function clientOf(json, path) {
  const kind = KINDS[json.kind ?? 'company'];
  if (!kind) throw new InputError(path, [`kind: 「${json.kind}」は ${Object.keys(KINDS).join(', ')} のどれかにしてください`]);
  const client = {
    legalName: json.legal_name,
    tradeName: json.trade_name,
    kind,
    corporateNumber: json.corporate_number,
    industry: json.industry?.toUpperCase(),
    business: json.business,
    employeeCount: json.employee_count,
    capitalYen: json.capital_yen == null ? undefined : String(json.capital_yen),
    postalCode: json.postal_code,
    address: json.address,
    representativeTitle: json.representative?.title,
    representativeName: json.representative?.name,
    website: json.website,
    practices: Object.entries(json.uses ?? {}).filter(([, used]) => used).map(([code]) => code.toUpperCase()),
  };
  return Object.fromEntries(Object.entries(client).filter(([, value]) => value !== undefined && value !== null));
}

// The views of the self-diagnosis that the folder has, by who answered: each file's path and bytes.
function readViews(folder) {
  const views = {};
  for (const view of ['president', 'it', 'staff']) {
    const path = join(folder, `self_diagnosis_${view}.csv`);
    if (existsSync(path)) views[view] = { path, content: readFileSync(path) };
  }
  return views;
}

// The company's own ledger, the workbook before the text file.
function readLedger(folder) {
  const path = ['ledger.xlsx', 'ledger.csv'].map((file) => join(folder, file)).find((each) => existsSync(each));
  return path && { path, content: readFileSync(path) };
}

export function readCompany(folder) {
  const path = join(folder, 'company.json');
  const json = readJson(path);
  if (!json || typeof json !== 'object' || !json.legal_name) {
    throw new InputError(path, ['legal_name: 会社の名称がありません']);
  }
  const rosterPath = join(folder, 'roster.csv');
  if (!existsSync(rosterPath)) throw new InputError(rosterPath, ['ありません']);
  const told = join(folder, 'declaration.json');
  return {
    path,
    json,
    client: clientOf(json, path),
    rosterPath,
    roster: readFileSync(rosterPath),
    declaration: existsSync(told) ? readJson(told) : {},
    views: readViews(folder),
    ledger: readLedger(folder),
  };
}
