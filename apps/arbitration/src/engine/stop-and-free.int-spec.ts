import { DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner, SLOT } from '../testing/push-runner';
import { FreeStoppedDecisionsUseCase } from '../use-cases/free-stopped-decisions/free-stopped-decisions.use-case';

// Goal: a hold stops contacts without a wait for whoever spends the same capacity and quotas; these get back what was held, once, whatever happens between.

const COUNT = 6;
let fixture: ArbitrationFixture;
let run: PushRunner;
const heard: (string | undefined)[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  fixture.first.bus.listen(DecisionRetracted, ({ data }) => heard.push(data.decision?.customerId));
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const seatsOf = async (queue: string) =>
  (await fixture.client().listCapacity({ queue, pageSize: 0, pageToken: '' })).capacities[0];
const decisionOf = async (customerId: string) =>
  (await fixture.client().listDecisions({ customerId, pageSize: 0, pageToken: '', language: 'en' })).decisions[0]!;
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts;
const free = (): Promise<unknown> =>
  Promise.all(fixture.replicas.map(({ app }) => app.get(FreeStoppedDecisionsUseCase).execute()));
const hold = (customerId: string, replica = 0): Promise<unknown> =>
  fixture.client(replica).applyHold({ customerId, hasComplaintHold: true, version: 2 });

/** Each customer holds a unit of a queue that is named as the strategy, and a place of its quota. */
async function promised(name: string): Promise<string[]> {
  const listed = members(name, COUNT);
  await run.putCapacity(name, 100);
  await fixture.putStrategy(name, [callAction(`call-${name}`, name)], { quota: 100 });
  await fixture.putCustomers(listed);
  const push = await run.finished(await run.start(name, idsOf(listed)));
  expect(push.chosenCount).toBe(COUNT);
  return idsOf(listed);
}
const chosenCountOf = async (strategyId: string): Promise<number | undefined> =>
  (await fixture.first.app.get(CapacityRepository).findChosenCounts([strategyId])).get(strategyId);

/** While somebody spends of the queue, in a transaction that does not end before `work` did. */
async function whileSpent<T>(queue: string, work: () => Promise<T>): Promise<T> {
  const { app } = fixture.first;
  const capacities = app.get(CapacityRepository);
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let began: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => (began = resolve));
  const spending = app.get(Mongo).transaction(async (tx) => {
    const found = await capacities.findMany([`${queue}|${SLOT}`], tx);
    await capacities.saveMany(
      [...found.values()].map((capacity) => ({ ...capacity, units: capacity.units + 1 })),
      tx,
    );
    began();
    await ended;
  });
  try {
    await Promise.race([hasBegun, spending]);
    return await work();
  } finally {
    end();
    await spending;
  }
}

it('stops while others spend, and gives back afterwards', async () => {
  const [ann = '', ben = ''] = await promised('spent');
  await whileSpent('spent', async () => {
    await Promise.all([hold(ann), hold(ben, 1)]);
    for (const customerId of [ann, ben]) {
      expect((await decisionOf(customerId)).retractedReason).toBe('COMPLAINT_HOLD');
      expect(await contactsOf(customerId)).toEqual([]);
    }
    await eventually(() => expect(heard).toEqual(expect.arrayContaining([ann, ben])));
    expect(await seatsOf('spent')).toMatchObject({ reserved: COUNT, used: 0 });
  });
  await eventually(async () => expect(await seatsOf('spent')).toMatchObject({ reserved: COUNT - 2, used: 0 }));
  expect(await chosenCountOf('spent')).toBe(COUNT - 2);
  // Looked at again, by both at once: nothing is given back twice.
  await free();
  expect(await seatsOf('spent')).toMatchObject({ reserved: COUNT - 2, used: 0 });
  expect(await chosenCountOf('spent')).toBe(COUNT - 2);
});

it('counts a word that comes between the stop and the giving back', async () => {
  const [, , cyd = ''] = await promised('talked');
  await whileSpent('talked', async () => {
    await hold(cyd);
    const { decisionId } = await decisionOf(cyd);
    const lead = { leadId: decisionId, decisionId, customerId: cyd, queue: 'talked' };
    // It waits for those who spend, as the giving back does; either may be first.
    await fixture.first.publish(LeadClosed, decisionId, [LeadClosed.fromPartial({ lead, outcome: 'rejected' })]);
  });
  await eventually(async () => expect((await decisionOf(cyd)).outcomes).toEqual(['rejected']));
  await free();
  await eventually(async () => expect(await seatsOf('talked')).toMatchObject({ reserved: COUNT - 1, used: 1 }));
  expect(await chosenCountOf('talked')).toBe(COUNT);
  expect((await contactsOf(cyd))?.map(({ isCommitted }) => isCommitted)).toEqual([true]);
});
