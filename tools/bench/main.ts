import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { claimProcess } from './cases/claim-process';
import { claimHot, claimLone, claimRefused } from './cases/claims';
import { codeImport } from './cases/code-import';
import { decideCpu } from './cases/decide-cpu';
import { decideGrpc } from './cases/decide-grpc';
import { decidePull } from './cases/decide-pull';
import { eventIntake } from './cases/event-intake';
import { flashSale } from './cases/flash-sale';
import { idleMemory } from './cases/idle-memory';
import { nameList } from './cases/name-list';
import { publishVisible } from './cases/publish-visible';
import { pointsEarn } from './cases/points-earn';
import { pushGrowth, pushTime, pushValue } from './cases/push';
import { pushService } from './cases/push-service';
import { rules } from './cases/rules';
import { segmentCount } from './cases/segment-count';
import { settlement } from './cases/settlement';
import { startup } from './cases/startup';
import { redeem, transfer } from './cases/transfer-redeem';
import { trialBalance } from './cases/trial-balance';
import type { BenchRow } from './row';
import { BenchStack, root } from './stack';

type BenchCase = (stack: BenchStack, tell: (line: string) => void) => Promise<BenchRow[]>;

const CASES: Record<string, BenchCase> = {
  // First: afterwards the services have had something to do.
  'idle-memory': idleMemory,
  'flash-sale': flashSale,
  'decide-cpu': decideCpu,
  'decide-pull': decidePull,
  'decide-grpc': decideGrpc,
  'publish-visible': publishVisible,
  'event-intake': eventIntake,
  'claim-hot': claimHot,
  'claim-process': claimProcess,
  'claim-refused': claimRefused,
  'claim-lone': claimLone,
  transfer,
  redeem,
  'points-earn': pointsEarn,
  rules,
  'segment-count': segmentCount,
  'name-list': nameList,
  'code-import': codeImport,
  settlement,
  'trial-balance': trialBalance,
  'push-time': pushTime,
  'push-growth': pushGrowth,
  'push-value': pushValue,
  'push-service': pushService,
  startup,
};

const tell = (line: string): void => console.log(`  ${line}`);

function chosenCases(): [string, BenchCase][] {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const wanted = values.only?.flatMap((names) => names.split(',')).map((name) => name.trim()) ?? Object.keys(CASES);
  return wanted.map((name) => {
    const found = CASES[name];
    if (!found) throw new Error(`There is no bench case ${name}. Known: ${Object.keys(CASES).join(', ')}`);
    return [name, found];
  });
}

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'warn';
  // The services are plain bundles: who drives them must not pay for mapping the stack of every refusal to TypeScript.
  process.setSourceMapsEnabled(false);
  const cases = chosenCases();
  const stack = new BenchStack(tell);
  const rows: BenchRow[] = [];
  try {
    for (const [name, run] of cases) {
      console.log(name);
      rows.push(...(await run(stack, tell)));
    }
  } finally {
    await stack.stop();
  }
  console.table(
    rows.map(({ name, unit, ours, floor, ratio, target, met }) => ({
      name,
      unit,
      ours: round(ours),
      floor: round(floor),
      ratio: round(ratio),
      target,
      met,
    })),
  );
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out', 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
}

const round = (value: number): number => Number(value.toPrecision(4));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
