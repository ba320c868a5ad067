import { byValue, type BenchRow } from '../row';
import { runBundled } from '../run-bundled';

const US_MAX = 200;

interface Measured {
  wholeUs: number;
  rulesUs: number;
  reasons: Record<string, number>;
}

/** CPU of one decision over 200 actions × 4 channels with every policy in force, beside that of its rules alone. */
export async function decideCpu(_stack: unknown, tell: (line: string) => void): Promise<BenchRow[]> {
  const { wholeUs, rulesUs, reasons } = JSON.parse(await runBundled('decide-cpu-run')) as Measured;
  tell(`decide-cpu: what the candidates of 100 customers come to: ${JSON.stringify(reasons)}`);
  tell(`decide-cpu: ${wholeUs.toFixed(1)} µs, rules alone ${rulesUs.toFixed(1)} µs`);
  const name = 'decide-cpu: 200 actions × 4 channels, all policies; floor: its rules alone';
  return [byValue(name, 'µs', wholeUs, rulesUs, '<=', US_MAX)];
}
