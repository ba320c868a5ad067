import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitsModule } from '../../../apps/benefits/src/benefits.module';
import { instanceIdOf } from '../../../apps/benefits/src/granting/benefit-granter';
import { ClaimCommitter } from '../../../apps/benefits/src/granting/claim-committer';
import { StockCatalogue } from '../../../apps/benefits/src/repositories/stock-catalogue';
import { createClient } from '../../../libs/grpc/src/index';
import { findFreePort } from '../../../libs/infra/src/index';
import { hostService, ServiceEnv } from '../../../libs/service/src/index';
import { asActor, headOffice, testKeys } from '../../../libs/testing/src/index';
import { load, median, type LoadResult } from '../load';
import { openStock } from './bench-stock';

// Runs as a process of its own, bundled as services are: prints the claims per second of claim-process as JSON.
const CLAIMS = 24_000;
/** As in a flash sale. */
const IN_FLIGHT = 4_096;
const ROUNDS = 3;

async function main(): Promise<void> {
  const grpcBind = `127.0.0.1:${await findFreePort()}`;
  const { MONGODB_URI: mongodbUri = '', NATS_URL: natsUrl = '' } = process.env;
  const place = { mongodbUri, natsUrl, grpcBind, dbPrefix: 'bench_process_', busNamespace: 'bench-process' };
  const env = new ServiceEnv({ name: 'benefits', keys: testKeys, ...place });
  const { app, stop } = await hostService({ module: BenefitsModule, grpc: [BenefitsServiceService], env });
  const client = createClient(BenefitsServiceService, grpcBind);
  const benefits = asActor<typeof BenefitsServiceService>(client, headOffice);
  const committer = app.get(ClaimCommitter);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const stockId = await openStock(benefits, `process-${round}`, { totalLimit: CLAIMS });
    const stock = await app.get(StockCatalogue).get(stockId);
    const result = await load(CLAIMS, IN_FLIGHT, (index) => {
      const [customerId, requestId] = [`customer-${index}`, `${stockId}-${index}`];
      const instanceId = instanceIdOf(customerId, requestId);
      return committer.submit({ requestId, instanceId, stockId, customerId, decisionId: '' }, stock);
    });
    requireExact(result, (await benefits.getStock({ stockId })).stock?.claimedCount);
    rates.push(result.perSecond);
  }
  console.log(JSON.stringify({ perSecond: median(rates) }));
  client.close();
  await stop();
}

function requireExact({ done, failedByReason }: LoadResult, claimedCount: number | undefined): void {
  if (done === CLAIMS && claimedCount === CLAIMS) return;
  throw new Error(`claim-process: ${claimedCount} of ${CLAIMS}, ${JSON.stringify(failedByReason)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
