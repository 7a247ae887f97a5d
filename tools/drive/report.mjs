// Tables for a terminal with full-width characters.

const WIDE = /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const NONE = /[\u0300-\u036F\uFE00-\uFE0F\u200B-\u200F]|[\u{E0100}-\u{E01EF}]/u;

export function width(text) {
  return [...text].reduce((sum, character) => sum + (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1), 0);
}

export function table(rows) {
  const first = Math.max(...rows.map(([label]) => width(label)));
  return rows.map(([label, value]) => `  ${label}${' '.repeat(first - width(label))}  ${value}`).join('\n');
}

export function readinessText({ summary = {} }) {
  return `要件 ${summary.officialMet ?? 0}/${summary.officialTotal ?? 0}、成果 ${summary.deliverableMet ?? 0}/${summary.deliverableTotal ?? 0}`;
}
