import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@tidegate/testing';

/** A step that was not made when the flow had long come to its end will not be made. */
const LAST_STEPS_MS = 2_500;

/** Arms the crash points of services (`libs/crash-points`). */
export class CrashDesk {
  /** Where the services were when they wrote while they were watched, by service. */
  readonly passed = new Map<string, Set<string>>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** The service ends itself right after its n-th durable step from now on. */
  arm(service: string, step: number): void {
    this.watch(service);
    writeFileSync(join(this.folder, service), String(step));
  }

  /** Which kind of step the service ended at, or undefined when it made fewer steps than that. It is disarmed in any case. */
  async disarm(service: string): Promise<string | undefined> {
    const armed = join(this.folder, service);
    await eventually(() => expect(existsSync(armed)).toBe(false), { timeoutMs: LAST_STEPS_MS }).catch(() => undefined);
    rmSync(armed, { force: true });
    this.notePassed(service);
    const hit = readdirSync(this.folder).find((name) => name.startsWith(`${service}.`));
    if (!hit) return undefined;
    rmSync(join(this.folder, hit));
    return hit.slice(service.length + 1);
  }

  /** Notes where the service writes from now on, without an end of it. */
  watch(service: string): void {
    writeFileSync(this.placesOf(service), '');
  }

  unwatch(service: string): void {
    this.notePassed(service);
  }

  private notePassed(service: string): void {
    const file = this.placesOf(service);
    if (!existsSync(file)) return;
    const places = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    rmSync(file);
    this.passed.set(service, new Set([...(this.passed.get(service) ?? []), ...places]));
  }

  private placesOf(service: string): string {
    return join(this.folder, `passed-${service}`);
  }
}
