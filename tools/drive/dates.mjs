// Days in Asia/Tokyo, as google.type.Date.

export function tokyoDay(addDays = 0, now = new Date()) {
  const day = new Date(now.getTime() + (9 * 60 + addDays * 24 * 60) * 60_000);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

// The day, or the Monday after it if it lies in a weekend.
export function tokyoWeekday(addDays) {
  const { year, month, day } = tokyoDay(addDays);
  const inWeek = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return tokyoDay(addDays + ({ 6: 2, 0: 1 }[inWeek] ?? 0));
}

const number = (date) => date.year * 10_000 + date.month * 100 + date.day;

export function isBefore(date, other) {
  return number(date) < number(other);
}

export function formatDay(date) {
  const pad = (value) => String(value).padStart(2, '0');
  return `${date.year}-${pad(date.month)}-${pad(date.day)}`;
}
