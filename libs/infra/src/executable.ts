import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const SUFFIXES = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];

/** Whether `path` is a file that this user may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Every place on PATH that holds a program of this name, in order of PATH. */
export function listOnPath(name: string, path: string = process.env['PATH'] ?? ''): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => SUFFIXES.map((suffix) => join(folder, `${name}${suffix}`)))
    .filter(isExecutable);
}

/** The program that a shell would run for `name`. */
export function findOnPath(name: string, path?: string): string | null {
  return listOnPath(name, path)[0] ?? null;
}
