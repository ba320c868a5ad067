import type { Finding } from './check';

const LINES_MAX = 300;

/** A file that is too long to be read in one go. */
export function checkFileLength(path: string, content: string): Finding[] {
  const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
  return lines > LINES_MAX ? [{ path, message: `${lines} lines; split it before ${LINES_MAX}` }] : [];
}
