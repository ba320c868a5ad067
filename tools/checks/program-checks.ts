import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASELINE } from '../toolchain/baseline';
import { ROOT, runProgram, type Program } from '../toolchain/program';
import type { Check, CheckResult } from './check';
import { checkContracts } from './generated-drift';

const pass = async (program: Program, ...args: string[]): Promise<CheckResult> => {
  const { exitCode, output } = await runProgram(program, args);
  return { passed: exitCode === 0, output };
};

// Without the graph the boundary rule only warns and checks nothing.
const GRAPH_MISSING = 'No cached ProjectGraph';

/** The rules of one project about another read Nx's graph of today, so it is drawn first. */
async function lint(): Promise<CheckResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'tidegate-graph-'));
  try {
    const graph = await pass('nx', 'graph', `--file=${join(scratch, 'graph.json')}`);
    if (!graph.passed) return graph;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const { passed, output } = await pass('eslint', '.', '--max-warnings', '0');
  return { passed: passed && !output.includes(GRAPH_MISSING), output };
}

async function compareWithBaseline(): Promise<CheckResult> {
  if (!existsSync(join(ROOT, BASELINE))) return { passed: false, output: `${BASELINE} is missing` };
  return pass('buf', 'breaking', '--against', BASELINE);
}

/** The checks that a program of the toolchain does, slowest first. */
export const PROGRAM_CHECKS: readonly Check[] = [
  { name: 'lint', hint: 'npx eslint --fix <file> mends some', run: lint },
  { name: 'types', run: () => pass('tsc', '--noEmit', '--project', 'tsconfig.json') },
  {
    name: 'format',
    hint: 'npx prettier --write <file>',
    run: () => pass('prettier', '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'dependencies',
    run: () => pass('depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'tools'),
  },
  { name: 'contracts-drift', hint: 'npm run gen', run: checkContracts },
  {
    name: 'proto-breaking',
    hint: 'a deliberate break, or a contract nobody uses yet: npm run gen -- --baseline',
    run: compareWithBaseline,
  },
  { name: 'proto-lint', run: () => pass('buf', 'lint') },
  {
    name: 'proto-format',
    hint: 'node_modules/.bin/buf format -w',
    run: () => pass('buf', 'format', '--diff', '--exit-code'),
  },
];
