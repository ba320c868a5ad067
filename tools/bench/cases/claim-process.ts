import { load } from '../load';
import { NaiveDatabase } from '../naive';
import { byRatio, byValue, type BenchRow } from '../row';
import { runBundled } from '../run-bundled';
import { onServices, type BenchStack } from '../stack';

const PER_SECOND_MIN = 12_000;
const NAIVE_CLAIMS = 300;
const NAIVE_IN_FLIGHT = 64;
/** As many as the wallet commits at once. */
const GROUP = 256;
const GROUPS = 60;
const BARE_RATIO_MIN = 0.5;

const groupOf = (index: number): string[] => Array.from({ length: GROUP }, (_, place) => `group-${index}-${place}`);

/**
 * Durable claims on one hot stock inside the service's process, events stored and published, without gRPC, beside one naive
 * transaction each. It is the database's speed as much as ours: the bare driver tells how much.
 */
export async function claimProcess(_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  return onServices(['benefits'], tell, async (stack) => {
    const { mongodbUri, natsUrl } = await stack.endpoints();
    const env = { MONGODB_URI: mongodbUri, NATS_URL: natsUrl };
    const stdout = await runBundled('claim-process-run', { nodeOptions: ['--max-semi-space-size=32'], env });
    const { perSecond } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { perSecond: number };
    const naive = await NaiveDatabase.connect(mongodbUri);
    const floor = await load(NAIVE_CLAIMS, NAIVE_IN_FLIGHT, (index) => naive.claim(`claim-${index}`));
    const groups = await load(GROUPS, 1, (index) => naive.claimGroup(groupOf(index)));
    await naive.close();
    const groupsPerSecond = groups.perSecond * GROUP;
    tell(`claim-process: the bare driver writes ${groupsPerSecond.toFixed(0)} claims/s in groups of ${GROUP}`);
    const name = 'claim-process: durable claims in process; floor: one transaction each';
    return [
      byValue(name, 'per second', perSecond, floor.perSecond, '>=', PER_SECOND_MIN),
      byRatio(
        'claim-process: against the same documents by the bare driver, in the same groups',
        'per second',
        perSecond,
        groupsPerSecond,
        '>=',
        BARE_RATIO_MIN,
      ),
    ];
  });
}
