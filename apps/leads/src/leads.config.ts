/** What may be tuned from outside; read once. */
export class LeadsConfig {
  /** How often time-outs, call-backs and waiting times are looked at. */
  readonly dueEveryMs: number;
  /** How often free seats are checked against waiting leads, in case something was missed. */
  readonly backlogEveryMs: number;
  /** How long a part of the workbench brief may take before it is shown as missing. */
  readonly briefDeadlineMs: number;

  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.dueEveryMs = milliseconds(env, 'LEADS_DUE_EVERY_MS', 1_000);
    this.backlogEveryMs = milliseconds(env, 'LEADS_BACKLOG_EVERY_MS', 5_000);
    this.briefDeadlineMs = milliseconds(env, 'LEADS_BRIEF_DEADLINE_MS', 1_500);
  }
}

/** @throws Error naming the variable that is not a number of milliseconds */
function milliseconds(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 50 || value > 600_000)
    throw new Error(`${name} is not 50..600000 ms: ${text}`);
  return value;
}
