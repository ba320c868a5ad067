import type { ContactPolicy } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DomainError } from '@tidegate/errors';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: what the bank sets holds at once, is never overwritten blindly, and is screened by as it is decided by.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
});
afterAll(() => fixture?.stop());

const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

describe('the contact policy', () => {
  it('is the default until one is put, and is replaced only by who has read it', async () => {
    const client = fixture.client();
    const { policy, calendarKnownUntil } = await client.getContactPolicy({});
    expect(policy).toMatchObject({ version: 0, timeZone: 'Asia/Shanghai' });
    expect(calendarKnownUntil >= '2026-12-31').toBe(true);
    expect(policy?.limits.length).toBeGreaterThan(0);

    const mine: ContactPolicy = { ...policy!, globalHoldoutBasisPoints: 100 };
    const put = (requestId: string, next: ContactPolicy) => client.putContactPolicy({ requestId, policy: next });
    expect((await put('p-1', mine)).policy).toEqual({ ...mine, version: 1 });
    expect((await put('p-1', mine)).policy?.version).toBe(1);
    expect(await reasonOf(put('p-2', mine))).toBe('VERSION_CONFLICT');
    expect((await client.getContactPolicy({})).policy).toEqual({ ...mine, version: 1 });
    for (const wrong of [{ timeZone: 'Mars' }, { globalHoldoutBasisPoints: 2_001 }, { reservationTtlSeconds: 1 }]) {
      expect(await reasonOf(put('p-3', { ...mine, ...wrong, version: 1 }))).toBe('VALIDATION_FAILED');
    }
    const fax = { ...mine.quietHours[0]!, channel: 'fax' };
    const refused = await put('p-4', { ...mine, quietHours: [fax], version: 1 }).catch((error: DomainError) => error);
    expect(refused).toMatchObject({ violations: [{ field: 'policy.quietHours[0].channel' }] });
    // Seven days where it does not say.
    const silent = await put('p-5', { ...mine, reservationTtlSeconds: 0, version: 1 });
    expect(silent.policy).toEqual({ ...mine, reservationTtlSeconds: 604_800, version: 2 });
  });
});

describe('capacity', () => {
  it('is listed by queue, page by page, and never put below what is promised', async () => {
    const client = fixture.client();
    for (const slot of ['2026-W10', '2026-W11', '2026-W12']) {
      await client.putCapacity({ requestId: `q-${slot}`, queue: 'q', slot, units: 2 });
    }
    await client.putCapacity({ requestId: 'q2', queue: 'q2', slot: '2026-W10', units: 9 });
    const page = await client.listCapacity({ queue: 'q', pageSize: 2, pageToken: '' });
    const next = await client.listCapacity({ queue: 'q', pageSize: 2, pageToken: page.nextPageToken });
    expect([...page.capacities, ...next.capacities].map(({ slot }) => slot)).toEqual([
      '2026-W10',
      '2026-W11',
      '2026-W12',
    ]);
    expect(next.nextPageToken).toBe('');
    const all = { queue: '', pageSize: 0, pageToken: '' };
    expect((await client.listCapacity(all)).capacities).toHaveLength(4);
    const east = fixture.client(0, { id: 'east', orgPath: 'hq/east' });
    expect(await reasonOf(east.listCapacity(all))).toBe('HEAD_OFFICE_ONLY');
    expect(await reasonOf(east.listCapacity({ ...all, queue: 'q' }))).toBe('HEAD_OFFICE_ONLY');

    await fixture.putCustomers([{ customerId: 'c-1' }, { customerId: 'c-2' }]);
    await fixture.putStrategy('calls', [
      { actionId: 'call', treatments: [{ channel: 'remote_bank', title: 'Call', queue: 'q' }] },
    ]);
    const decide = (customerId: string) =>
      client.decide({
        requestId: customerId,
        customerId,
        channels: ['remote_bank'],
        maxActions: 1,
        isCommitted: true,
        context: undefined,
      });
    // Nothing was put for the day, so the week is spent.
    expect((await decide('c-1')).decisions[0]).toMatchObject({ reason: 'CHOSEN', capacitySlot: '2026-W10' });
    const put = (requestId: string, units: number) =>
      client.putCapacity({ requestId, queue: 'q', slot: '2026-W10', units });
    expect(await reasonOf(put('less', 0))).toBe('CAPACITY_BELOW_RESERVED');
    expect((await put('just', 1)).capacity).toMatchObject({ units: 1, reserved: 1 });
    expect((await decide('c-2')).decisions[0]?.reason).toBe('CAPACITY_EXHAUSTED');
  });
});

describe('screening', () => {
  it('says who may not be contacted, and why', async () => {
    await fixture.putStrategy(
      'list',
      [appAction('list-app', { eligibility: { field: 'attributes.age', op: 'gte', value: 18 } })],
      {},
      { audience: { field: 'stage', op: 'eq', value: 'nobody' } },
    );
    const marketing = { purpose: 'marketing', channel: 'sms', isGranted: true, changedAt: new Date(0) };
    await fixture.putCustomers([
      { customerId: 'fine', attributes: { age: 30 } },
      { customerId: 'young', attributes: { age: 10 } },
      { customerId: 'silent', attributes: { age: 30 }, consents: [marketing] },
      { customerId: 'cross', attributes: { age: 30 }, hasComplaintHold: true },
    ]);
    const customerIds = ['fine', 'young', 'silent', 'cross', 'nobody'];
    const { customers } = await fixture.client().screenCustomers({ strategyId: 'list', customerIds });
    expect(customers.map(({ customerId, reason }) => [customerId, reason])).toEqual([
      ['fine', ''],
      ['young', 'NOT_ELIGIBLE'],
      ['silent', 'CONSENT_MISSING'],
      ['cross', 'COMPLAINT_HOLD'],
      ['nobody', 'CUSTOMER_UNKNOWN'],
    ]);
    expect(await reasonOf(fixture.client().screenCustomers({ strategyId: 'none', customerIds }))).toBe(
      'STRATEGY_NOT_LIVE',
    );
  });
});
