import { rmSync } from 'node:fs';

/** Stops what the setup started; nothing is left running, no file is left behind. */
export default async function globalTeardown(): Promise<void> {
  const started = globalThis.tidegateTestInfra;
  if (started === undefined) return;
  globalThis.tidegateTestInfra = undefined;
  await started.infra.stop();
  started.folder.release();
  rmSync(started.folder.path, { recursive: true, force: true });
}
