import type { RuleViolations } from './rule-violations';

export type InputObject = Record<string, unknown>;

export const isInputObject = (input: unknown): input is InputObject =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** A misspelt key would otherwise make a rule mean less than its author wrote. */
export function refuseOtherKeys(
  input: InputObject,
  known: readonly string[],
  path: string,
  violations: RuleViolations,
): void {
  for (const key of Object.keys(input)) {
    if (!known.includes(key)) violations.add(`${path}.${key.slice(0, 64)}`, 'is not known here');
  }
}
