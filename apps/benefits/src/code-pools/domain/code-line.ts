/** A code as its provider wrote it, with the secret that belongs to it. */
export interface PlainCode {
  code: string;
  /** Empty when there is none. */
  secret: string;
}

const LENGTH_MAX = 256;
// A code is copied by hand and shown as text: no control characters, no spaces in it.
const CODE = /^[^\s\p{Cc}]+$/u;

/** What a line of a code file says, or why it says nothing. */
export type CodeLine = PlainCode | { reason: 'CODE_MISSING' | 'CODE_INVALID' | 'SECRET_MISSING'; message: string };

/** Reads one line; the secret is needed when its column is named. */
export function readCodeLine(
  cells: Readonly<Record<string, string | undefined>>,
  { codeColumn, secretColumn }: { codeColumn: string; secretColumn: string },
): CodeLine {
  const code = (cells[codeColumn] ?? '').trim();
  const secret = secretColumn === '' ? '' : (cells[secretColumn] ?? '').trim();
  if (code === '') return { reason: 'CODE_MISSING', message: `Column ${codeColumn} is empty.` };
  if (secretColumn !== '' && secret === '') {
    return { reason: 'SECRET_MISSING', message: `Column ${secretColumn} is empty.` };
  }
  if (code.length > LENGTH_MAX || secret.length > LENGTH_MAX || !CODE.test(code)) {
    return { reason: 'CODE_INVALID', message: `A code has up to ${LENGTH_MAX} characters and no spaces.` };
  }
  return { code, secret };
}
