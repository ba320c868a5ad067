import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import startStack from '../../../../libs/testing/src/global-setup';

const root = join(__dirname, '..', '..', '..', '..');

/** Bundles the services before the first journey: journeys that start side by side find them built, and none builds beside another. */
export default async function globalSetup(): Promise<void> {
  execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'build-bundles.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  await startStack();
}
