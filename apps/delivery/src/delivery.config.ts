/** What may be tuned from outside; read once. */
export class DeliveryConfig {
  /** How often due webhooks are looked for. */
  readonly dueEveryMs: number;

  /** @throws Error naming the variable that is not a number of milliseconds */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    const text = env.DELIVERY_DUE_EVERY_MS || '250';
    const value = Number(text);
    if (!Number.isInteger(value) || value < 50 || value > 60_000) {
      throw new Error(`DELIVERY_DUE_EVERY_MS is not 50..60000 ms: ${text}`);
    }
    this.dueEveryMs = value;
  }
}
