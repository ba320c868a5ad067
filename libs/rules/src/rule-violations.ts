import { DomainError, type FieldViolation } from '@tidegate/errors';
import { RULE_LIMITS } from './rule';

const REPORTED_MAX = 50;

/** Gathers what is wrong with a rule while it is read, and counts its size. */
export class RuleViolations {
  private readonly found: FieldViolation[] = [];
  private nodes = 0;
  private literals = 0;

  /** Records one violation; returns undefined, so that a reader can return it. */
  add(field: string, description: string): undefined {
    if (this.found.length < REPORTED_MAX) this.found.push({ field, description });
    return undefined;
  }

  /** False, with one violation, from the first node over the limit on. */
  enterNode(path: string): boolean {
    this.nodes += 1;
    if (this.nodes === RULE_LIMITS.nodes + 1) this.add(path, `a rule has at most ${RULE_LIMITS.nodes} nodes`);
    return this.nodes <= RULE_LIMITS.nodes;
  }

  countLiterals(path: string, count: number): void {
    const before = this.literals;
    this.literals += count;
    if (before <= RULE_LIMITS.literals && this.literals > RULE_LIMITS.literals) {
      this.add(path, `a rule has at most ${RULE_LIMITS.literals} values`);
    }
  }

  /** @throws RULE_INVALID when anything was recorded */
  throwIfAny(): void {
    const first = this.found[0];
    if (first === undefined) return;
    throw new DomainError({
      code: 'INVALID_ARGUMENT',
      reason: 'RULE_INVALID',
      message: `The rule is not valid: ${first.field} ${first.description}.`,
      violations: this.found,
    });
  }
}
