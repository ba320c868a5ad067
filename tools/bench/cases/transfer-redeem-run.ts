import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { setTimeout as delay } from 'node:timers/promises';
import { BenefitsModule } from '../../../apps/benefits/src/benefits.module';
import { IssueRedemptionCodeUseCase } from '../../../apps/benefits/src/use-cases/issue-redemption-code/issue-redemption-code.use-case';
import { RedeemByCodeUseCase } from '../../../apps/benefits/src/use-cases/redeem-by-code/redeem-by-code.use-case';
import { TransferBenefitUseCase } from '../../../apps/benefits/src/use-cases/transfer-benefit/transfer-benefit.use-case';
import { type Client, createClient } from '../../../libs/grpc/src/index';
import { findFreePort } from '../../../libs/infra/src/index';
import { hostService, ServiceEnv, type RunningService } from '../../../libs/service/src/index';
import { asActor, headOffice, testKeys } from '../../../libs/testing/src/index';
import { load, type LoadResult } from '../load';
import { MediciFloor } from '../medici-floor';
import { NaiveDatabase } from '../naive';
import { openStock } from './bench-stock';

// Runs as a process of its own, bundled as services are: moves inside the service's process and their floors, as one line of JSON each.
const WARM_UP = 600;
const COUNT = 2_500;
const BARE = 1_200;
const MEDICI = 512;
const ROUNDS = 3;
const IN_FLIGHT = [64, 512];
const PAUSE_MS = 2_000;

type Title = 'transfer' | 'redeem';
type Call = (index: number) => Promise<unknown>;
type Benefits = Client<typeof BenefitsServiceService>;

/** What one load came to, for a line of JSON. */
export interface MoveLine {
  what: 'ours' | 'bare' | 'recipe';
  inFlight: number;
  result: LoadResult;
}

async function main(title: Title): Promise<void> {
  const grpcBind = `127.0.0.1:${await findFreePort()}`;
  const { MONGODB_URI: mongodbUri = '', NATS_URL: natsUrl = '' } = process.env;
  const place = { mongodbUri, natsUrl, grpcBind, dbPrefix: `bench_${title}_`, busNamespace: `bench-${title}` };
  const env = new ServiceEnv({ name: 'benefits', keys: testKeys, ...place });
  const { app, stop } = await hostService({ module: BenefitsModule, grpc: [BenefitsServiceService], env });
  const client = createClient(BenefitsServiceService, grpcBind);
  const benefits = asActor<typeof BenefitsServiceService>(client, headOffice);
  const [naive, medici] = [await NaiveDatabase.connect(mongodbUri), await MediciFloor.connect(mongodbUri)];
  const floor = (name: string): Record<'bare' | 'recipe', Call> => ({
    bare: (index) => naive.threeDocuments(`${name}-${index}`),
    recipe: (index) => medici.spend(`${name}-${index}`),
  });
  for (const inFlight of IN_FLIGHT) {
    for (let round = 0; round <= ROUNDS; round += 1) {
      // The first is a warm-up for all three.
      const [ours, bare, recipe] = round === 0 ? [WARM_UP, WARM_UP, WARM_UP] : [COUNT, BARE, MEDICI];
      const name = `${title}-${inFlight}-${round}`;
      const call = await moves[title](app, name, await claimAll(benefits, name, ours));
      await load(recipe, 16, (index) => medici.fund(`${name}-${index}`));
      await delay(PAUSE_MS);
      const lines: MoveLine[] = [
        { what: 'ours', inFlight, result: await load(ours, inFlight, call) },
        { what: 'bare', inFlight, result: await load(bare, inFlight, floor(name).bare) },
        { what: 'recipe', inFlight, result: await load(recipe, inFlight, floor(name).recipe) },
      ];
      if (round > 0) for (const line of lines) console.log(JSON.stringify(line));
    }
  }
  await medici.close();
  await naive.close();
  client.close();
  await stop();
}

type App = RunningService['app'];

const moves: Record<Title, (app: App, name: string, held: string[]) => Promise<Call>> = {
  transfer: async (app, name, held) => {
    const transfers = app.get(TransferBenefitUseCase, { strict: false });
    return (index) =>
      transfers.execute({
        requestId: `${name}-${index}`,
        instanceId: held[index]!,
        customerId: `${name}-${index}`,
        toCustomerId: `${name}-taker-${index}`,
      });
  },
  redeem: async (app, name, held) => {
    const issuing = app.get(IssueRedemptionCodeUseCase, { strict: false });
    const codes: string[] = [];
    await load(held.length, 64, async (index) => {
      const asked = { instanceId: held[index]!, customerId: `${name}-${index}`, withNumber: false };
      codes[index] = (await issuing.execute(asked)).code;
    });
    const redeeming = app.get(RedeemByCodeUseCase, { strict: false });
    const sale = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 5_000 };
    return (index) => {
      const items = [{ code: codes[index]!, amountMinor: 0 }];
      return redeeming.execute({ requestId: `${name}-${index}`, items, ...sale });
    };
  },
};

async function claimAll(benefits: Benefits, name: string, count: number): Promise<string[]> {
  const stockId = await openStock(benefits, name);
  const held: string[] = [];
  await load(count, 256, async (index) => {
    const request = { requestId: `${name}-${index}`, stockId, customerId: `${name}-${index}`, decisionId: '' };
    held[index] = (await benefits.claimBenefit(request)).instance!.instanceId;
  });
  return held;
}

main(process.argv[2] as Title).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
