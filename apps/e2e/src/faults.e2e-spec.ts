import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitsServiceService, Stock, type ClaimBenefitRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { LeadsServiceService, type Lead } from '@tidegate/contracts/leads/v1/leads';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import { callsOnly, willing } from './testing/scarce-strategy';
import { TestPlatform, untilAnswered } from './testing/test-platform';

// Goal: whatever is killed under load, what was acknowledged exists once, the ledger balances, every event has its effect once.
// Method: kill -9 of a process while clients call and, like careful clients, repeat what was not answered; then count.

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
  await benefits.createStock({ requestId: stockId, stock: Stock.fromPartial(stock) });
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
    const { instances } = await benefits.listWallet({ customerId, pageSize: 10, pageToken: '', state: '', group: '' });
    expect(instances.map((instance) => instance.instanceId)).toEqual([instanceId]);
  }
  const { trialBalanceMinor } = await benefits.getTrialBalance({ at: undefined });
  expect(trialBalanceMinor).toBe(0);
  const review = await platform.client('review', ReviewServiceService);
  const claimedOf = async (id: string): Promise<number> => (await review.getBenefitReport({ stockId: id })).claimed;
  await eventually(async () => expect(await claimedOf(stockId)).toBe(totalLimit), { timeoutMs: 60_000 });
  // What came twice would have come before a later claim.
  await openStock(`${stockId}-after`, 1);
  expect((await claimAll(`${stockId}-after`, 1, () => undefined)).size).toBe(1);
  await eventually(async () => expect(await claimedOf(`${stockId}-after`)).toBe(1), { timeoutMs: 60_000 });
  expect(await claimedOf(stockId)).toBe(totalLimit);
}

it('kill -9 of benefits during a flash sale: every acknowledged claim exists once', async () => {
  await openStock('killed-benefits', 300);
  const kills: Promise<void>[] = [];
  const won = await claimAll('killed-benefits', 600, (index) => {
    if (index === 150 || index === 350) kills.push(platform.kill('benefits'));
  });
  expect(await Promise.all(kills)).toHaveLength(2);
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
    const arbitration = await platform.client('arbitration', ArbitrationServiceService);
    const impatient = await platform.client('arbitration', ArbitrationServiceService, 3_000);
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
    const timeZone = middayZone();
    await arbitration.putContactPolicy({
      requestId: 'fault-policy',
      policy: { ...policy!, quietHours: [], globalHoldoutBasisPoints: 0, timeZone },
    });
    const slot = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    await arbitration.putCapacity({ requestId: 'fault-capacity', queue, slot, units: UNITS });
    const customers = Array.from({ length: CUSTOMERS }, (_, index) => ({ customer: willing(`fault-${index}`) }));
    await platform.publish(CustomerChanged, customers, 'fault-customers');
    await platform.publish(StrategyChanged, [{ snapshot: callsOnly('fault-strategy', queue) }], 'fault-strategy');
    const decide = (index: number, isCommitted: boolean) =>
      impatient.decide({
        requestId: `fault-${index}`,
        customerId: `fault-${index}`,
        channels: ['remote_bank'],
        maxActions: 1,
        isCommitted,
        context: undefined,
      });
    await eventually(async () => expect((await decide(CUSTOMERS - 1, false)).decisions[0]?.reason).toBe('CHOSEN'));

    const chosen: string[] = [];
    const kills: Promise<void>[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < CUSTOMERS) {
        const index = next;
        next += 1;
        if (index === 60) kills.push(platform.kill('arbitration'));
        if (index === 90) kills.push(platform.kill('leads'));
        const { decisions } = await untilAnswered(() => decide(index, true));
        if (decisions[0]?.reason === 'CHOSEN') chosen.push(decisions[0].decisionId);
        else expect(decisions[0]?.reason).toBe('CAPACITY_EXHAUSTED');
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    expect(await Promise.all(kills)).toHaveLength(2);

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

describe('a message that cannot be handled', () => {
  const decision = (decisionId: string, queue: string): DecisionMade =>
    DecisionMade.fromPartial({
      decision: {
        decisionId,
        customerId: decisionId,
        channel: 'branch',
        queue,
        reason: 'CHOSEN',
        mode: 'push',
        title: 'X',
      },
    });
  interface DeadLetter {
    id: number;
    consumer: string;
    reason: string;
    messageId: string;
    events: { type: string }[];
  }
  let admin: HttpCaller;
  const lettersOf = async (messageId: string): Promise<DeadLetter[]> => {
    const { deadLetters } = await admin.get<{ deadLetters: DeadLetter[] }>('/admin/v1/dead-letters?limit=200');
    return deadLetters.filter((letter) => letter.messageId.split('#')[0] === messageId);
  };
  const leadsOf = async (queue: string): Promise<string[]> => {
    const { leads } = await admin.get<{ leads: Lead[] }>(`/workbench/v1/leads?queue=${queue}`);
    return leads.map(({ decisionId }) => decisionId).sort();
  };
  const putQueue = (queue: string): Promise<unknown> =>
    admin.put(`/admin/v1/queues/${queue}`, { name: queue, channel: 'branch', orgPath: 'hq' });

  beforeAll(async () => {
    const token = await platform.issueToken({ sub: 'anna', kind: 'staff', roles: ['admin', 'team_leader'], org: 'hq' });
    admin = HttpCaller.withToken(platform.gatewayUrl, token);
  });

  it('goes to the dead letters alone, is seen there, and has its effect once when it is sent again', async () => {
    await putQueue('known-desk');
    const neighbours = [
      decision('n-1', 'known-desk'),
      decision('poison', 'unknown-desk'),
      decision('n-2', 'known-desk'),
    ];
    await platform.publish(DecisionMade, neighbours, 'mixed');
    await platform.publish(DecisionMade, [decision('n-3', 'known-desk')], 'later');
    await eventually(async () => expect(await leadsOf('known-desk')).toEqual(['n-1', 'n-2', 'n-3']));
    const [letter, ...others] = await eventually(async () => {
      const found = await lettersOf('mixed');
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      reason: 'QUEUE_NOT_FOUND',
      events: [{ type: 'tidegate.arbitration.v1.DecisionMade' }],
    });
    expect(letter!.consumer).toContain('leads');

    await putQueue('unknown-desk');
    await admin.post(`/admin/v1/dead-letters/${letter!.id}/replay`);
    await eventually(async () => expect(await leadsOf('unknown-desk')).toEqual(['poison']));
    expect(await lettersOf('mixed')).toEqual([]);
    const gone = await admin.refused('POST', `/admin/v1/dead-letters/${letter!.id}/replay`, { body: {} });
    expect([gone.status, gone.reason]).toEqual([404, 'DEAD_LETTER_NOT_FOUND']);
    expect(await leadsOf('known-desk')).toEqual(['n-1', 'n-2', 'n-3']);
  });

  it('stays there when nobody can read it, and holds nothing up', async () => {
    await platform.publishRaw(DecisionMade, '{ not events', 'garbage');
    await platform.publish(DecisionMade, [decision('n-4', 'known-desk')], 'after-garbage');
    await eventually(async () => expect(await leadsOf('known-desk')).toContain('n-4'));
    const letters = await eventually(async () => {
      const found = await lettersOf('garbage');
      expect(new Set(found.map(({ consumer }) => consumer)).size).toBeGreaterThanOrEqual(3);
      return found;
    });
    const refusal = await admin.refused('POST', `/admin/v1/dead-letters/${letters[0]!.id}/replay`, { body: {} });
    expect([refusal.status, refusal.reason]).toEqual([422, 'DEAD_LETTER_UNREADABLE']);
  });
});
