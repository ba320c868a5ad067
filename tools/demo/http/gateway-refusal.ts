/** What the gateway says no with. Source: RFC 9457. */
export interface Problem {
  title?: string;
  detail?: string;
  reason?: string;
  violations?: { field: string; description: string }[];
  metadata?: Record<string, string>;
  traceId?: string;
}

/** The platform refused a call. */
export class GatewayRefusal extends Error {
  constructor(
    readonly call: string,
    readonly status: number,
    readonly problem: Problem,
  ) {
    const { reason, detail, title, violations = [], traceId } = problem;
    const faults = violations.map(({ field, description }) => ` ${field} ${description}.`).join('');
    super(
      `${call} was answered ${status} ${reason ?? ''}: ${detail ?? title ?? ''}${faults}${traceId ? ` (trace ${traceId})` : ''}`,
    );
  }

  get reason(): string {
    return this.problem.reason ?? '';
  }
}

/**
 * Waits for a refusal that belongs to the story.
 * @throws Error when the call is let through or refused for another reason
 */
export async function refusalOf(call: Promise<unknown>, ...reasons: string[]): Promise<GatewayRefusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GatewayRefusal && reasons.includes(error.reason)) return error;
    throw error;
  }
  throw new Error(`A call that must be refused with ${reasons.join(' or ')} was let through.`);
}
