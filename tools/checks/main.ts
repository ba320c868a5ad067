import { stopPrograms } from '../toolchain/program';
import { FILE_CHECKS } from './file-checks';
import { selectChecks } from './options';
import { PROGRAM_CHECKS } from './program-checks';
import { runChecks, type Outcome } from './run-checks';

const CONCURRENCY = 2;

function report({ check, passed, seconds, output }: Outcome): void {
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${check.name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`);
  if (passed) return;
  console.log(`\n${output}\n`);
  if (check.hint !== undefined) console.log(`  ${check.hint}\n`);
}

async function main(): Promise<void> {
  const checks = selectChecks(process.argv.slice(2), [...PROGRAM_CHECKS, ...FILE_CHECKS]);
  console.log(`Running ${checks.length} checks, ${CONCURRENCY} at a time; the slowest take up to two minutes.`);
  const outcomes = await runChecks(checks, CONCURRENCY, report);
  const failed = outcomes.filter(({ passed }) => !passed).map(({ check }) => check.name);
  console.log(failed.length === 0 ? 'All checks passed.' : `${failed.length} failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopPrograms();
    process.exit(130);
  });
}
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
