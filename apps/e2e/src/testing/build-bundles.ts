import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '@tidegate/infra';
import { buildServices, presentServices } from '../../../../tools/up/build-services';

const root = join(__dirname, '..', '..', '..', '..');

/** Bundles the services, with crash points and without. */
async function main(): Promise<void> {
  const folder = await DataFolder.claim(mkdtempSync(join(tmpdir(), 'tidegate-build-')));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    for (const hasCrashPoints of [false, true]) {
      await buildServices(root, presentServices(root), folder, say, { hasCrashPoints });
    }
  } finally {
    folder.release();
    rmSync(folder.path, { recursive: true, force: true });
  }
}

void main();
