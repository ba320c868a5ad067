import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../build/bundle';
import { byValue, type BenchRow } from '../row';
import { root } from '../stack';

const US_MAX = 200;

interface Measured {
  wholeUs: number;
  rulesUs: number;
  reasons: Record<string, number>;
}

/** CPU of one decision over 200 actions × 4 channels with every policy in force, beside that of its rules alone. */
export async function decideCpu(_stack: unknown, tell: (line: string) => void): Promise<BenchRow[]> {
  const outFile = join(root, 'out', 'bench', 'decide-cpu-run.cjs');
  await bundle({ root, entry: join(__dirname, 'decide-cpu-run.ts'), outFile, logLevel: 'error' });
  const { stdout } = await promisify(execFile)(process.execPath, [outFile]);
  const { wholeUs, rulesUs, reasons } = JSON.parse(stdout) as Measured;
  tell(`decide-cpu: what the candidates of 100 customers come to: ${JSON.stringify(reasons)}`);
  tell(`decide-cpu: ${wholeUs.toFixed(1)} µs, rules alone ${rulesUs.toFixed(1)} µs`);
  const name = 'decide-cpu: 200 actions × 4 channels, all policies; floor: its rules alone';
  return [byValue(name, 'µs', wholeUs, rulesUs, '<=', US_MAX)];
}
