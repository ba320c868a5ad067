import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@tidegate/testing';

/** A step that was not made when the flow had long come to its end will not be made. */
const LAST_STEPS_MS = 2_500;

/** Arms the crash points of services (`libs/crash-points`). */
export class CrashDesk {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** The service ends itself right after its n-th durable step from now on. */
  arm(service: string, step: number): void {
    writeFileSync(join(this.folder, service), String(step));
  }

  /** Which kind of step the service ended at, or undefined when it made fewer steps than that. It is disarmed in any case. */
  async disarm(service: string): Promise<string | undefined> {
    const armed = join(this.folder, service);
    await eventually(() => expect(existsSync(armed)).toBe(false), { timeoutMs: LAST_STEPS_MS }).catch(() => undefined);
    rmSync(armed, { force: true });
    const hit = readdirSync(this.folder).find((name) => name.startsWith(`${service}.`));
    if (!hit) return undefined;
    rmSync(join(this.folder, hit));
    return hit.slice(service.length + 1);
  }
}
