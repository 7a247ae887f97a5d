// A sample company's folder with a canary wherever personal or confidential data stands:
//   node tests/e2e/canary_company.mjs FROM TO CANARY KANA
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to, canary, kana] = process.argv.slice(2);
const sung = new Map();
// Equal texts stay equal: the president is on the roster.
function sing(value) {
  if (value !== '' && !sung.has(value)) sung.set(value, `${canary}x${sung.size}`);
  return sung.get(value) ?? '';
}

// Cells of a line; a quoted one may hold commas.
const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].slice(0, -1).map((match) => match[1]);

// The file with the columns of `change` replaced, by their headings.
function replaceColumns(file, change) {
  const [heading, ...lines] = readFileSync(join(from, file), 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = heading.split(',');
  for (const name of Object.keys(change)) if (!names.includes(name)) throw new Error(`${file} has no column ${name}`);
  const changed = lines.filter((line) => line !== '').map((line) =>
    cells(`${line}`).slice(0, names.length).map((cell, i) => (change[names[i]] ?? ((same) => same))(cell)).join(','));
  writeFileSync(join(to, file), `\uFEFF${[heading, ...changed].join('\r\n')}\r\n`);
}

mkdirSync(to, { recursive: true });
const company = JSON.parse(readFileSync(join(from, 'company.json'), 'utf8'));
writeFileSync(join(to, 'company.json'), JSON.stringify({
  ...company,
  legal_name: sing(company.legal_name),
  address: sing(company.address),
  business: sing(company.business),
  representative: { ...company.representative, name: sing(company.representative.name) },
  sites: company.sites.map(sing),
}));
replaceColumns('roster.csv', {
  氏名: sing,
  フリガナ: (cell) => cell && kana,
  メールアドレス: (cell) => cell && `${sing(cell)}@example.co.jp`,
});
replaceColumns('ledger.csv', { 情報資産名称: sing, 備考: sing });
for (const view of ['president', 'it', 'staff']) {
  const file = `self_diagnosis_${view}.csv`;
  copyFileSync(join(from, file), join(to, file));
}
