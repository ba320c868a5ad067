import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService, type ClaimBenefitRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { LeadsServiceService, type Lead } from '@tidegate/contracts/leads/v1/leads';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { callsOnly, willing } from './testing/scarce-strategy';
import { TestPlatform, untilAnswered } from './testing/test-platform';

// Goal: whatever is killed under load, what was acknowledged exists once, the ledger balances, every event has its effect once.
// Method: kill -9 of a process while clients call and, like careful clients, repeat what was not answered; then count.

jest.setTimeout(180_000);
let platform: TestPlatform;

beforeAll(async () => {
  platform = await TestPlatform.start();
});
afterAll(() => platform?.stop());

const CLAIMS_IN_FLIGHT = 32;

async function openStock(stockId: string, totalLimit: number): Promise<void> {
  const benefits = await platform.client('benefits', BenefitsServiceService);
  const stock = {
    stockId,
    name: stockId,
    kind: 'red_packet',
    faceValueMinor: 500,
    currency: 'CNY',
    thresholdMinor: 0,
    totalLimit,
    dailyLimit: 0,
    perCustomerLimit: 1,
    claimStartsAt: new Date(Date.now() - 1_000),
    claimEndsAt: new Date(Date.now() + 3_600_000),
    validForSeconds: 86_400,
    isTransferable: true,
    merchantIds: [],
    costShares: [{ funder: 'bank', partyId: 'hq', basisPoints: 10_000 }],
    orgPath: 'hq',
    timeZone: 'Asia/Shanghai',
    state: '',
    claimedCount: 0,
    createdAt: undefined,
  };
  await benefits.createStock({ requestId: stockId, stock });
}

/** Claims by many customers, each repeated until answered; returns customer → instance of those who got one. */
async function claimAll(
  stockId: string,
  customers: number,
  onProgress: (done: number) => void,
): Promise<Map<string, string>> {
  const benefits = await platform.client('benefits', BenefitsServiceService, 3_000);
  const won = new Map<string, string>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < customers) {
      const index = next;
      next += 1;
      onProgress(index);
      const request: ClaimBenefitRequest = {
        requestId: `${stockId}-${index}`,
        stockId,
        customerId: `${stockId}-c${index}`,
        decisionId: '',
      };
      try {
        const { instance } = await untilAnswered(() => benefits.claimBenefit(request));
        won.set(request.customerId, instance!.instanceId);
      } catch (error) {
        expect((error as DomainError).reason).toBe('STOCK_SOLD_OUT');
      }
    }
  };
  await Promise.all(Array.from({ length: CLAIMS_IN_FLIGHT }, lane));
  return won;
}

async function expectExact(stockId: string, won: Map<string, string>, totalLimit: number): Promise<void> {
  const benefits = await platform.client('benefits', BenefitsServiceService);
  expect(won.size).toBe(totalLimit);
  expect(new Set(won.values()).size).toBe(totalLimit);
  const { stock } = await benefits.getStock({ stockId });
  expect(stock?.claimedCount).toBe(totalLimit);
  for (const [customerId, instanceId] of won) {
    const { instances } = await benefits.listWallet({ customerId, pageSize: 10, pageToken: '', state: '' });
    expect(instances.map((instance) => instance.instanceId)).toEqual([instanceId]);
  }
  const { trialBalanceMinor } = await benefits.getTrialBalance({ at: undefined });
  expect(trialBalanceMinor).toBe(0);
  const review = await platform.client('review', ReviewServiceService);
  await eventually(async () => expect((await review.getBenefitReport({ stockId })).claimed).toBe(totalLimit), {
    timeoutMs: 60_000,
  });
}

it('kill -9 of benefits during a flash sale: every acknowledged claim exists once', async () => {
  await openStock('killed-benefits', 300);
  const kills = new Set([150, 350]);
  const won = await claimAll('killed-benefits', 600, (index) => {
    if (kills.delete(index)) void platform.kill('benefits');
  });
  expect(kills.size).toBe(0);
  await expectExact('killed-benefits', won, 300);
});

it('kill -9 of NATS during a flash sale: every event still arrives once in effect', async () => {
  await openStock('killed-nats', 300);
  let killed: Promise<void> | undefined;
  const won = await claimAll('killed-nats', 600, (index) => {
    if (index === 150) killed = platform.killNats();
  });
  await killed;
  await expectExact('killed-nats', won, 300);
});

describe('kill -9 of arbitration and leads while scarce seats are given out', () => {
  const CUSTOMERS = 240;
  const UNITS = 60;
  const queue = 'fault-queue';

  const listLeads = async (): Promise<Lead[]> => {
    const leads = await platform.client('leads', LeadsServiceService);
    const all: Lead[] = [];
    let pageToken = '';
    do {
      const page = await leads.listLeads({ queue, seatId: '', customerId: '', state: '', pageSize: 200, pageToken });
      all.push(...page.leads);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return all;
  };

  it('gives each seat slot once and makes one lead of each decision', async () => {
    const arbitration = await platform.client('arbitration', ArbitrationServiceService, 3_000);
    const leads = await platform.client('leads', LeadsServiceService);
    await leads.putQueue({
      requestId: 'fault-queue',
      queue: {
        queue,
        name: 'Fault queue',
        channel: 'remote_bank',
        orgPath: 'hq',
        skill: '',
        offerTimeoutSeconds: 60,
        maxAttempts: 3,
        overflowQueue: '',
        maxWaitSeconds: 0,
        waitingCount: 0,
        openCount: 0,
      },
    });
    const { policy } = await arbitration.getContactPolicy({});
    await arbitration.putContactPolicy({
      requestId: 'fault-policy',
      policy: { ...policy!, quietHours: [], globalHoldoutBasisPoints: 0 },
    });
    const slot = new Intl.DateTimeFormat('en-CA', { timeZone: policy!.timeZone || 'Asia/Shanghai' }).format(new Date());
    await arbitration.putCapacity({ requestId: 'fault-capacity', queue, slot, units: UNITS });
    const customers = Array.from({ length: CUSTOMERS }, (_, index) => ({ customer: willing(`fault-${index}`) }));
    await platform.publish(CustomerChanged, customers, 'fault-customers');
    await platform.publish(StrategyChanged, [{ snapshot: callsOnly('fault-strategy', queue) }], 'fault-strategy');
    const decide = (index: number, isCommitted: boolean) =>
      arbitration.decide({
        requestId: `fault-${index}`,
        customerId: `fault-${index}`,
        channels: ['remote_bank'],
        maxActions: 1,
        isCommitted,
        context: undefined,
      });
    await eventually(async () => expect((await decide(CUSTOMERS - 1, false)).decisions[0]?.reason).toBe('CHOSEN'));

    const chosen: string[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < CUSTOMERS) {
        const index = next;
        next += 1;
        if (index === 60) void platform.kill('arbitration');
        if (index === 90) void platform.kill('leads');
        const { decisions } = await untilAnswered(() => decide(index, true));
        if (decisions[0]?.reason === 'CHOSEN') chosen.push(decisions[0].decisionId);
        else expect(decisions[0]?.reason).toBe('CAPACITY_EXHAUSTED');
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));

    expect(chosen).toHaveLength(UNITS);
    const { capacities } = await arbitration.listCapacity({ queue, pageSize: 10, pageToken: '' });
    expect(capacities.map(({ units, reserved, used }) => [units, reserved + used])).toEqual([[UNITS, UNITS]]);
    await eventually(
      async () => expect((await listLeads()).map(({ decisionId }) => decisionId).sort()).toEqual([...chosen].sort()),
      {
        timeoutMs: 60_000,
      },
    );
  });
});
