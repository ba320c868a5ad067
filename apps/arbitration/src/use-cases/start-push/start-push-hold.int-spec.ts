import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: a complaint that comes in while a push runs holds for every decision that is made after it was taken.

const MEMBERS = 1_500;
const COMPLAINTS = 60;

let fixture: ArbitrationFixture;
let run: PushRunner;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const reasonsOf = async (customerId: string): Promise<string[][]> => {
  const { decisions } = await fixture.client().listDecisions({ customerId, pageSize: 0, pageToken: '' });
  return decisions.map(({ reason, retractedReason }) => [reason, retractedReason]);
};

it('decides who complained before his turn as held, and nobody anew whose decision his complaint retracted', async () => {
  const listed = members('race', MEMBERS);
  await fixture.putCustomers(listed);
  await fixture.putStrategy('race', [appAction('race-app')]);
  const complaining = idsOf(listed).filter((_, index) => index % (MEMBERS / COMPLAINTS) === 0);
  const running = run.start('race', idsOf(listed));

  const early = new Map<string, string[][]>();
  const complain = async (customerId: string, index: number): Promise<void> => {
    await eventually(() => fixture.client(index % 2).applyHold({ customerId, hasComplaintHold: true, version: 2 }));
    early.set(customerId, await reasonsOf(customerId));
  };
  // Half of them at once with the start, the rest while the members are decided.
  await Promise.all(complaining.slice(0, COMPLAINTS / 2).map(complain));
  const pushId = await running;
  await Promise.all(complaining.slice(COMPLAINTS / 2).map(complain));

  expect(await run.finished(pushId)).toMatchObject({ state: 'completed', decidedCount: MEMBERS });
  for (const customerId of complaining) {
    const before = early.get(customerId)!;
    const told = before.length > 0 ? [['CHOSEN', 'COMPLAINT_HOLD']] : [['COMPLAINT_HOLD', '']];
    expect([customerId, await reasonsOf(customerId)]).toEqual([customerId, told]);
  }
  const others = (await run.decisionsOf(pushId)).filter(({ customerId }) => !complaining.includes(customerId));
  expect(others.filter(({ reason }) => reason !== 'CHOSEN')).toEqual([]);
});
