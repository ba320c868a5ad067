/** What one check found; `output` is shown whole when it failed. */
export interface CheckResult {
  passed: boolean;
  output: string;
}

export interface Check {
  /** Kebab-case; `npm run check -- --only <name>` runs it alone. */
  name: string;
  /** What mends the common case, shown below the output. */
  hint?: string;
  run(): Promise<CheckResult> | CheckResult;
}

/** One thing wrong with one file. */
export interface Finding {
  path: string;
  line?: number;
  message: string;
}

/** Passed when there is nothing to say. */
export function resultOf(findings: readonly Finding[]): CheckResult {
  const lines = findings.map(({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`}  ${message}`);
  return { passed: findings.length === 0, output: lines.join('\n') };
}
