import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProgram } from '../toolchain/program';
import { resultOf, type CheckResult, type Finding } from './check';

/** Where `buf generate` writes. */
const CONTRACTS = join('libs', 'contracts', 'src');

/** Generates the contracts anew, elsewhere, and compares them with the committed ones. */
export async function checkContracts(): Promise<CheckResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'tidegate-contracts-'));
  try {
    const { exitCode, output } = await runProgram('buf', ['generate', '--output', scratch]);
    if (exitCode !== 0) return { passed: false, output };
    return resultOf(compareFolders(join(scratch, CONTRACTS), join(ROOT, CONTRACTS)));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How a folder differs from what it should be; paths are relative to both. */
export function compareFolders(wanted: string, actual: string): Finding[] {
  const [wantedFiles, actualFiles] = [filesIn(wanted), filesIn(actual)];
  const all = [...new Set([...wantedFiles.keys(), ...actualFiles.keys()])].sort();
  return all.flatMap((path) => {
    if (!actualFiles.has(path)) return [{ path, message: 'is not generated yet' }];
    if (!wantedFiles.has(path)) return [{ path, message: 'comes from no contract' }];
    return wantedFiles.get(path) === actualFiles.get(path) ? [] : [{ path, message: 'differs from its contract' }];
  });
}

function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // A checkout may have turned the line ends.
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8').replaceAll('\r\n', '\n')]),
  );
}
