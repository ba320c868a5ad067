import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, InfraError, startInfra, type Infra } from '../../infra/src/index';

const PREFIX = 'tidegate-test-';
// A younger folder may belong to a run that is just about to claim it.
const ABANDONED_MS = 60_000;

declare global {
  var tidegateTestInfra: { infra: Infra; folder: DataFolder } | undefined;
}

/** Starts one database and one broker for the whole run; projects that share this setup share them. */
export default async function globalSetup(): Promise<void> {
  if (globalThis.tidegateTestInfra !== undefined) return;
  await removeAbandoned();
  const folder = await DataFolder.claim(mkdtempSync(join(tmpdir(), PREFIX)));
  try {
    const infra = await startInfra({ dataDir: folder, onProgress: (line) => process.stderr.write(`${line}\n`) });
    globalThis.tidegateTestInfra = { infra, folder };
    process.env['MONGODB_URI'] = infra.mongodbUri;
    process.env['NATS_URL'] = infra.natsUrl;
  } catch (error) {
    folder.release();
    rmSync(folder.path, { recursive: true, force: true });
    throw error;
  }
}

/** Removes folders of runs that were killed; one that is in use refuses to be claimed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    try {
      if (Date.now() - statSync(path).mtimeMs < ABANDONED_MS) continue;
      (await DataFolder.claim(path)).release();
      rmSync(path, { recursive: true, force: true });
    } catch (error) {
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isGone && !(error instanceof InfraError)) throw error;
    }
  }
}
