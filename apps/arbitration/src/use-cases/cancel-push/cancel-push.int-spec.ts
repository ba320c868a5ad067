import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { eventually } from '@tidegate/testing';
import { PushBatch } from '../../engine/push-batch';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';
import { DropPushPartsUseCase } from '../drop-push-parts/drop-push-parts.use-case';
import { SettleDueDecisionsUseCase } from '../settle-due-decisions/settle-due-decisions.use-case';

// Goal: once a push is cancelled, no message of it goes out that has not gone out yet, and what it held is free for others.

const PATIENT = { timeoutMs: 60_000 };
/** Monday the second of March, 22:00 in Shanghai; the night ends at 08:00. */
const NIGHT = new Date('2026-03-02T14:00:00Z');
const MORNING = new Date('2026-03-03T00:00:00Z');
const QUIET = { channel: 'app', fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' };

let fixture: ArbitrationFixture;
let run: PushRunner;
const heard: DecisionMade[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  run = new PushRunner(fixture);
  fixture.first.bus.listen(DecisionMade, ({ data }) => heard.push(data));
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => fixture?.stop());

const move = (name: string, state: string) => fixture.putStrategy(name, [appAction(name)], { state });
const settle = () => fixture.first.app.get(SettleDueDecisionsUseCase).execute();
const chosenOf = (name: string) =>
  heard.filter(({ decision }) => decision?.strategyId === name && decision.reason === 'CHOSEN');
/** Of a push that was stopped after its first batch: those who were chosen by then. */
async function cancelledHalfway(name: string, cancel: (pushId: string) => Promise<unknown>): Promise<string[]> {
  const listed = members(name, 600);
  await fixture.putCustomers(listed);
  await move(name, 'published');
  const batches = fixture.first.app.get(PushBatch);
  const decide = batches.decide.bind(batches);
  jest
    .spyOn(batches, 'decide')
    .mockImplementationOnce(decide)
    .mockImplementationOnce(async (push, tx) => {
      await move(name, 'paused');
      return decide(push, tx);
    });
  const pushId = await run.start(name, idsOf(listed));
  await eventually(async () => {
    const { push } = await fixture.client().getPush({ pushId });
    expect(push).toMatchObject({ isWaiting: true, stage: 'deciding' });
  }, PATIENT);
  const chosen = (await run.decisionsOf(pushId)).filter(({ reason }) => reason === 'CHOSEN');
  expect(chosen.length).toBeGreaterThan(0);
  await cancel(pushId);
  await move(name, 'published');
  return chosen.map(({ decisionId }) => decisionId);
}

it.each([
  ['at once', 'now', async () => undefined],
  // Whoever cancelled it died before he came to what waits.
  ['when the next one looks', 'later', () => fixture.first.app.get(DropPushPartsUseCase).execute()],
])('frees what waits for the end of quiet hours %s, and tells of it as not chosen', async (_when, name, look) => {
  fixture.clock.set(NIGHT);
  await fixture.putPolicy({ quietHours: [{ ...QUIET, isQuietOnHolidays: false, isServiceExempt: false }] });
  const ids = await cancelledHalfway(name, async (pushId) => {
    if (name === 'later') {
      const { connection } = fixture.first.mongo;
      await connection.collection('pushes').updateOne({ _id: pushId as never }, { $set: { state: 'cancelled' } });
    } else await fixture.client().cancelPush({ pushId });
  });
  await look();
  await settle();
  for (const decisionId of ids.slice(0, 20)) {
    const { decision } = await fixture.client().getDecision({ decisionId });
    expect(decision).toMatchObject({ reason: 'PUSH_CANCELLED', group: 'none', queuedUntil: undefined });
    const customer = await fixture.first.app.get(CustomerStateRepository).find(decision!.customerId);
    expect(customer?.contacts).toEqual([]);
  }
  fixture.clock.set(MORNING);
  await settle();
  const untold = (): number => heard.filter(({ decision }) => ids.includes(decision?.decisionId ?? '')).length;
  await eventually(() => expect(untold()).toBe(ids.length), PATIENT);
  expect(chosenOf(name)).toEqual([]);
});

it('objects to what was told of and has not left yet', async () => {
  await fixture.putPolicy({});
  const ids = await cancelledHalfway('told', (pushId) => fixture.client().cancelPush({ pushId }));
  const asked = ids.slice(0, 100);
  const { retractions } = await fixture.client().listRetractions({ decisionIds: asked });
  expect(retractions.map(({ decisionId, reason }) => `${decisionId} ${reason}`).sort()).toEqual(
    asked.map((decisionId) => `${decisionId} PUSH_CANCELLED`).sort(),
  );
});
