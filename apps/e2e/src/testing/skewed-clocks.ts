import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Clocks of services that a test puts ahead of the true time, or behind it. */
export class SkewedClocks {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tidegate-clocks-'));

  /** For the environment of the services. */
  get environment(): Record<string, string> {
    const preload = join(__dirname, 'skewed-date.cjs');
    return { CLOCK_FOLDER: this.folder, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
  }

  /** From now on; negative is behind. */
  set(service: string, offsetMs: number): void {
    writeFileSync(join(this.folder, service), String(offsetMs));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
