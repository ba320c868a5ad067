import { byValue, type BenchRow } from '../row';
import { BenchStack } from '../stack';

const SECONDS_MAX = 20;

/** From nothing running to everything healthy, bundles built before; the floor is database and broker alone. */
export async function startup(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  await stack.start();
  const second = new BenchStack(() => undefined);
  try {
    await second.start();
    tell(
      `infrastructure ${(second.infraStartedInMs / 1000).toFixed(1)} s, all ${(second.startedInMs / 1000).toFixed(1)} s`,
    );
    return [
      byValue(
        'startup: everything, bundles built',
        's',
        second.startedInMs / 1000,
        second.infraStartedInMs / 1000,
        '<=',
        SECONDS_MAX,
      ),
    ];
  } finally {
    await second.stop();
  }
}
