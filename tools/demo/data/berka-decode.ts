/** The day `yymmdd` of the 20th century as an ISO date. Source: PKDD'99 data description. */
export function decodeDay(text: string): string {
  if (!/^\d{6}$/.test(text)) throw new Error(`${text} is not a day of the form yymmdd`);
  const [year, month, day] = [1900 + Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw new Error(`${text} is no day of a calendar`);
  return date.toISOString().slice(0, 10);
}

/**
 * A Czech birth number as the data set gives it: `yymmdd`, where a woman's month has 50 added.
 * Source: PKDD'99 data description.
 */
export function decodeBirthNumber(text: string): { birthDate: string; sex: 'female' | 'male' } {
  const month = Number(text.slice(2, 4));
  const isFemale = month > 50;
  const plainMonth = String(isFemale ? month - 50 : month).padStart(2, '0');
  return {
    birthDate: decodeDay(`${text.slice(0, 2)}${plainMonth}${text.slice(4)}`),
    sex: isFemale ? 'female' : 'male',
  };
}

/** Czech crowns with decimals as whole haléř. */
export function decodeAmount(text: string): number {
  const [, sign, crowns, cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (crowns === undefined) throw new Error(`${text} is not an amount`);
  const minor = Number(crowns) * 100 + Number(cents.padEnd(2, '0'));
  if (!Number.isSafeInteger(minor)) throw new Error(`${text} is too large an amount`);
  return sign === '-' ? -minor || 0 : minor;
}

/**
 * Whether money came in. The file says `credit`, `withdrawal`, and for some cash withdrawals `withdrawal in cash` in the column
 * of the kind; both of the latter take money out.
 */
export function decodeDirection(type: string): 'credit' | 'debit' {
  if (type === 'credit') return 'credit';
  if (type === 'withdrawal' || type === 'withdrawal in cash') return 'debit';
  throw new Error(`${type} is not a kind of transaction`);
}

/** `Hl.m. Praha` → `hl-m-praha`: a part of an organisation path. */
export const pathPartOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
