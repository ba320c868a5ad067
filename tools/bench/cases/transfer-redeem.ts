import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../libs/grpc/src/index';
import { load, median, type LoadResult } from '../load';
import { MediciFloor } from '../medici-floor';
import { NaiveDatabase } from '../naive';
import { byRatio, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';
import { openStock } from './bench-stock';
import { shape } from './claims';

const COUNT = 2_500;
const BARE = 1_200;
const MEDICI = 512;
const ROUNDS = 3;
const IN_FLIGHT = [64, 512];
const PAUSE_MS = 2_000;

type Benefits = Client<typeof BenefitsServiceService>;
type Move = (benefits: Benefits, name: string, held: string[]) => Promise<(index: number) => Promise<unknown>>;

/** A benefit passed from one wallet to another, beside a bare three-document transaction and medici's recipe. */
export const transfer = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  moves(
    'transfer',
    tell,
    async (benefits, name, held) => async (index) =>
      benefits.transferBenefit({
        requestId: `${name}-${index}`,
        instanceId: held[index]!,
        customerId: `${name}-${index}`,
        toCustomerId: `${name}-taker-${index}`,
      }),
  );

/** A benefit redeemed in one step at a till, beside the same floors. */
export const redeem = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  moves('redeem', tell, async (benefits, name, held) => {
    const codes = await Promise.all(
      held.map((instanceId, index) =>
        benefits.issueRedemptionCode({ instanceId, customerId: `${name}-${index}`, withNumber: false }),
      ),
    );
    const sale = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 5_000, items: [] };
    return (index) => benefits.redeemByCode({ requestId: `${name}-${index}`, code: codes[index]!.code, ...sale });
  });

const moves = (title: string, tell: (line: string) => void, move: Move): Promise<BenchRow[]> =>
  onServices(['benefits'], tell, (stack) => measure(stack, title, tell, move));

async function measure(
  stack: BenchStack,
  title: string,
  tell: (line: string) => void,
  move: Move,
): Promise<BenchRow[]> {
  const benefits = await stack.client('benefits', BenefitsServiceService);
  const uri = (await stack.endpoints()).mongodbUri;
  const [naive, medici] = [await NaiveDatabase.connect(uri), await MediciFloor.connect(uri)];
  const rows: BenchRow[] = [];
  for (const inFlight of IN_FLIGHT) {
    const rates: Record<'ours' | 'bare' | 'recipe', number[]> = { ours: [], bare: [], recipe: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `${title}-${inFlight}-${round}`;
      const call = await move(benefits, name, await claimAll(benefits, name));
      await delay(PAUSE_MS);
      const ours = whole(await load(COUNT, inFlight, call));
      const bare = whole(await load(BARE, inFlight, (index) => naive.threeDocuments(`${name}-${index}`)));
      await load(MEDICI, 16, (index) => medici.fund(`${name}-${index}`));
      const recipe = whole(await load(MEDICI, inFlight, (index) => medici.spend(`${name}-${index}`)));
      tell(`${name}: ${ours.perSecond.toFixed(0)}/s, ${shape(ours)}; bare ${shape(bare)}; medici ${shape(recipe)}`);
      rates.ours.push(ours.perSecond);
      rates.bare.push(bare.perSecond);
      rates.recipe.push(recipe.perSecond);
    }
    const [ours, bare, recipe] = [median(rates.ours), median(rates.bare), median(rates.recipe)];
    const against = (floor: string): string => `${title}: against ${floor}, ${inFlight} in flight`;
    rows.push(
      byRatio(against('a bare three-document transaction'), 'per second', ours, bare, '>=', 1),
      byRatio(against("medici's recipe"), 'per second', ours, recipe, '>=', 5),
    );
  }
  await medici.close();
  await naive.close();
  return rows;
}

async function claimAll(benefits: Benefits, name: string): Promise<string[]> {
  const stockId = await openStock(benefits, name);
  const held: string[] = [];
  await load(COUNT, 256, async (index) => {
    const request = { requestId: `${name}-${index}`, stockId, customerId: `${name}-${index}`, decisionId: '' };
    held[index] = (await benefits.claimBenefit(request)).instance!.instanceId;
  });
  return held;
}

function whole(result: LoadResult): LoadResult {
  const failed = Object.keys(result.failedByReason)[0];
  if (failed) throw new Error(`a move failed: ${JSON.stringify(result.failedByReason)}`);
  return result;
}
