import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../toolchain/program';

const LIST_BYTES_MAX = 64 * 1024 * 1024;
const CODE = /\.(ts|tsx|js|jsx|mjs|cjs)$/;
const GENERATED = /^(libs\/contracts\/src|docs\/generated)\//;

/** Paths, with forward slashes, of every file that is or could be committed. */
export function repositoryFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: LIST_BYTES_MAX,
  });
  return list.split('\0').filter((path) => path !== '' && isFile(path));
}

// A file may be deleted and not yet committed as such, or be a link.
const isFile = (path: string): boolean => lstatSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() ?? false;

export const isGenerated = (path: string): boolean => GENERATED.test(path);

/** Code that somebody wrote. */
export const isOwnCode = (path: string): boolean => CODE.test(path) && !isGenerated(path);
