import { BASELINE } from '../toolchain/baseline';
import { runProgram } from '../toolchain/program';

/** Generates `libs/contracts/src` from `proto/`, with plugins that are installed; nothing is asked of a server. */
export async function generateContracts(): Promise<void> {
  await buf('generate');
  console.log('Generated libs/contracts/src.');
}

/** Makes the contracts of today the ones that `buf breaking` compares with. */
export async function writeBaseline(): Promise<void> {
  await buf('build', '--exclude-source-info', '--output', BASELINE);
  console.log(`Wrote ${BASELINE}. Say in the commit why others may break.`);
}

async function buf(...args: string[]): Promise<void> {
  const { exitCode, output } = await runProgram('buf', args);
  if (exitCode !== 0) throw new Error(output);
}
