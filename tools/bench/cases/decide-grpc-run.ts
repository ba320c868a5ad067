import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient } from '../../../libs/grpc/src/index';
import { continueTrace, runInContext, type Actor } from '../../../libs/observability/src/index';
import { load, median, pacedLoad, percentile } from '../load';
import { brief, CUSTOMERS, customerIdOf } from './decide-brief';

// Runs as a process of its own, bundled as services are: what else the bench holds in memory would stop calls while it is collected.
const IN_FLIGHT = 64;
/** As the gateway has to arbitration. */
const CONNECTIONS = 2;
const CALLS = 6_000;
const ROUNDS = 9;
const WARM_UP_CALLS = 2_000;
const HALF_LOAD_CALLS = 4_000;
const HALF_LOAD_ROUNDS = 7;

const actor: Actor = { id: 'bench', kind: 'staff', roles: [], orgPath: 'hq' };

type Call = (index: number) => Promise<void>;

/** Per second in each round, and the p99 of each at half of our rate in milliseconds. */
export interface DecideGrpcFigures {
  ours: number[];
  echoes: number[];
  halves: number[];
  halfEchoes: number[];
}

async function main(): Promise<void> {
  const { ARBITRATION_URL = '', ECHO_URL = '' } = process.env;
  const options = { deadlineMs: 60_000, connections: CONNECTIONS };
  const arbitration = createClient(ArbitrationServiceService, ARBITRATION_URL, options);
  const echo = createClient(BenefitsServiceService, ECHO_URL, options);
  const decide: Call = async (index) => {
    const { decisions } = await arbitration.decide(brief(customerIdOf(index % CUSTOMERS)));
    if (decisions.length !== 1) throw new Error(`decide-grpc: ${decisions.length} decisions`);
  };
  const echoed: Call = async (index) => {
    const customerId = customerIdOf(index % CUSTOMERS);
    const { instance } = await echo.claimBenefit({
      requestId: `echo-${index}`,
      stockId: 'stock',
      customerId,
      decisionId: '',
    });
    if (instance === undefined) throw new Error('decide-grpc: no echo');
  };
  console.log(JSON.stringify(await measure(decide, echoed)));
  arbitration.close();
  echo.close();
}

async function measure(decide: Call, echoed: Call): Promise<DecideGrpcFigures> {
  const figures: DecideGrpcFigures = { ours: [], echoes: [], halves: [], halfEchoes: [] };
  await perSecond(decide);
  await perSecond(echoed);
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.ours.push(await perSecond(decide));
    figures.echoes.push(await perSecond(echoed));
  }
  const halfRate = median(figures.ours) / 2;
  for (let round = 0; round < HALF_LOAD_ROUNDS; round += 1) {
    figures.halves.push(await p99AtRate(halfRate, decide));
    figures.halfEchoes.push(await p99AtRate(halfRate, echoed));
  }
  return figures;
}

async function perSecond(call: Call): Promise<number> {
  const result = await load(CALLS, IN_FLIGHT, call);
  const failure = Object.keys(result.failedByReason)[0];
  if (failure) throw new Error(`decide-grpc: ${failure}`);
  return result.perSecond;
}

/** Latency of calls at a rate, after some that are not counted: while the other side was asked, the customers' facts grew old. */
async function p99AtRate(rate: number, call: Call): Promise<number> {
  await pacedLoad(WARM_UP_CALLS, rate, call);
  return percentile((await pacedLoad(HALF_LOAD_CALLS, rate, call)).latenciesMs, 0.99);
}

runInContext({ traceparent: continueTrace(undefined), actor }, main).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
