import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle';

const root = join(__dirname, '..', '..');

async function main(): Promise<void> {
  const [name, option] = process.argv.slice(2);
  const hasCrashPoints = option === '--crash-points';
  if (name === undefined || !/^[a-z][a-z-]*$/.test(name))
    throw new Error('Usage: node --import tsx tools/build/main.ts <service> [--crash-points]');
  const entry = join(root, 'apps', name, 'src', 'main.ts');
  const outDir = join(root, 'dist', hasCrashPoints ? 'crash-tests' : 'apps', name);
  rmSync(outDir, { recursive: true, force: true });
  if (!existsSync(entry)) {
    console.log(`${name} has no src/main.ts: nothing to build.`);
    return;
  }
  const startedAt = Date.now();
  const outFile = join(outDir, 'main.js');
  await bundle({ root, entry, outFile, hasCrashPoints });
  console.log(`${name}: ${Math.round(statSync(outFile).size / 1024)} KiB in ${Date.now() - startedAt} ms`);
}

main().catch((error: unknown) => {
  // esbuild has printed its own findings already.
  if (!(error instanceof Error && 'errors' in error)) console.error(error);
  process.exitCode = 1;
});
