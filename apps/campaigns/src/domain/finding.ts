import { DomainError } from '@tidegate/errors';

/** One thing that keeps a strategy from being reviewed. */
export interface Finding {
  /** Path in the strategy. */
  field: string;
  /** Stable, UPPER_SNAKE_CASE. */
  code: string;
  text: string;
}

/** Gathers findings; `when` reads as a checklist. */
export class Findings {
  readonly all: Finding[] = [];

  add(field: string, code: string, text: string): void {
    this.all.push({ field, code, text });
  }

  when(isWrong: boolean, field: string, code: string, text: string): void {
    if (isWrong) this.add(field, code, text);
  }

  /** Records what a check refused under the refusal's own reason. */
  catching(field: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.add(field, error.reason, error.message);
    }
  }
}

const REPORTED_MAX = 100;

/** @throws STRATEGY_INCOMPLETE with one violation for each finding, when there are any */
export function throwFindings(findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  throw new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'STRATEGY_INCOMPLETE',
    message: `The strategy is not complete: ${findings.length} finding${findings.length === 1 ? '' : 's'}.`,
    metadata: { findings: [...new Set(findings.map((finding) => finding.code))].slice(0, 20).join(',') },
    violations: findings
      .slice(0, REPORTED_MAX)
      .map(({ field, code, text }) => ({ field, description: `${code}: ${text}` })),
  });
}
