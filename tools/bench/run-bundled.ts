import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../build/bundle';
import { YOUNG_FIRST } from '../up/services';
import { root } from './stack';

const OUTPUT_MAX = 64 * 1024 * 1024;

interface RunOptions {
  args?: readonly string[];
  nodeOptions?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** Runs a file of `cases` as a process of its own, bundled as services are; what it printed. */
export async function runBundled(name: string, { args = [], nodeOptions = [], env }: RunOptions = {}): Promise<string> {
  const outFile = join(root, 'out', 'bench', `${name}.cjs`);
  await bundle({ root, entry: join(__dirname, 'cases', `${name}.ts`), outFile, logLevel: 'error' });
  const command = [YOUNG_FIRST, ...nodeOptions, outFile, ...args];
  const options = { env: { ...process.env, ...env }, maxBuffer: OUTPUT_MAX };
  return (await promisify(execFile)(process.execPath, command, options)).stdout;
}
