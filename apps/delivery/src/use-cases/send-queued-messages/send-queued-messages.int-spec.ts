import { DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DeliveryServiceService, type Delivery } from '@tidegate/contracts/delivery/v1/delivery';
import { DeliveryFailed, MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { buildDecision } from '../../testing/decision.factory';
import { PlayedArbitration } from '../../testing/played-arbitration';
import { SendQueuedMessagesUseCase } from './send-queued-messages.use-case';

// Goal: quiet hours that began after a decision hold for the inbox as for webhooks: its message waits for their end or is left, and comes once.

const PATIENT = { timeoutMs: 60_000 };
const HOUR_MS = 3_600_000;
const clock = new FakeClock();
let first: TestService;
let second: TestService;
let arbitration: PlayedArbitration;
const told: string[] = [];

beforeAll(async () => {
  arbitration = await PlayedArbitration.start();
  const options = {
    grpc: [DeliveryServiceService],
    clock,
    peers: { benefits: '127.0.0.1:1', arbitration: arbitration.url },
  };
  first = await startTestService(DeliveryModule, options);
  second = await startTestService(DeliveryModule, { ...options, shareWith: first });
  first.bus.listen(MessageDelivered, ({ data }) => told.push(`${data.decisionId} delivered`));
  first.bus.listen(DeliveryFailed, ({ data }) => told.push(`${data.decisionId} ${data.error}`));
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await arbitration?.stop();
});

const hoursOn = (hours: number): Date => new Date(clock.now().getTime() + hours * HOUR_MS);
const decide = async (...numbers: number[]): Promise<void> => {
  const decisions = numbers.map((number) => ({ decision: buildDecision(number), leftCandidates: [] }));
  await first.publish(DecisionMade, 'd', decisions);
  for (const number of numbers) await eventually(() => find(number), PATIENT);
};
const find = async (number: number): Promise<Delivery> =>
  (await first.client(DeliveryServiceService).getDelivery({ deliveryId: `msg-d-${number}` })).delivery!;
const inbox = async (): Promise<string[]> => {
  const client = first.client(DeliveryServiceService, { kind: 'customer', id: 'c-1' });
  const { messages } = await client.listInbox({ customerId: 'c-1', pageSize: 0, pageToken: '' });
  return messages.map(({ decisionId }) => decisionId).sort();
};
/** Both replicas look for messages that waited long enough, whoever of them comes first. */
const release = (): Promise<unknown> =>
  Promise.allSettled([first, second].map(({ app }) => app.get(SendQueuedMessagesUseCase).execute()));
const becomes = (number: number, expected: object): Promise<void> =>
  eventually(async () => {
    await release();
    expect(await find(number)).toMatchObject(expected);
  }, PATIENT);

it('waits for the end of quiet hours, or is left where the policy discards', async () => {
  const morning = hoursOn(9);
  arbitration.quiet.set('d-1', morning).set('d-2', undefined);
  await decide(1, 2, 3);
  expect(await inbox()).toEqual(['d-3']);
  expect(await find(1)).toMatchObject({ state: 'pending', nextAttemptAt: morning, attempts: [] });
  expect(await find(2)).toMatchObject({ state: 'failed', attempts: [{ error: 'QUIET_HOURS' }] });
  // Told again it is the same delivery.
  await decide(1, 4);
  await eventually(
    () => expect([...told].sort()).toEqual(['d-2 QUIET_HOURS', 'd-3 delivered', 'd-4 delivered']),
    PATIENT,
  );

  clock.set(new Date(morning.getTime() - 1));
  await release();
  expect(await find(1)).toMatchObject({ state: 'pending' });
  clock.set(morning);
  arbitration.quiet.clear();
  arbitration.isAway = true;
  const before = arbitration.askedCount;
  await eventually(async () => {
    await release();
    expect(arbitration.askedCount).toBeGreaterThan(before);
  }, PATIENT);
  expect([(await find(1)).state, await inbox()]).toEqual(['pending', ['d-3', 'd-4']]);
  arbitration.isAway = false;
  await becomes(1, { state: 'delivered', nextAttemptAt: undefined });
  expect(await inbox()).toEqual(['d-1', 'd-3', 'd-4']);
  await release();
  await eventually(() => expect(told.filter((one) => one === 'd-1 delivered')).toHaveLength(1), PATIENT);
});

it('is asked about anew when they end: it waits on, is left or retracted by what holds then', async () => {
  const morning = hoursOn(9);
  for (const number of [11, 12, 13, 14]) arbitration.quiet.set(`d-${number}`, morning);
  await decide(11, 12, 13, 14);
  await first.publish(DecisionRetracted, 'd', [{ decision: buildDecision(14, { retractedReason: 'COMPLAINT_HOLD' }) }]);
  await eventually(async () => expect(await find(14)).toMatchObject({ state: 'retracted' }), PATIENT);
  clock.set(morning);
  const noon = hoursOn(3);
  arbitration.quiet.set('d-11', noon).set('d-12', undefined);
  arbitration.retractions.set('d-13', 'CONSENT_MISSING');
  await becomes(11, { state: 'pending', nextAttemptAt: noon });
  await becomes(12, { state: 'failed', attempts: [{ error: 'QUIET_HOURS' }] });
  await becomes(13, { state: 'retracted', retractedReason: 'CONSENT_MISSING', nextAttemptAt: undefined });
  arbitration.quiet.clear();
  clock.set(noon);
  await becomes(11, { state: 'delivered' });
  await release();
  expect(await inbox()).toEqual(['d-1', 'd-11', 'd-3', 'd-4']);
  const expected = ['d-11 delivered', 'd-12 QUIET_HOURS', 'd-13 CONSENT_MISSING', 'd-14 COMPLAINT_HOLD'];
  await eventually(
    () => expect(told.filter((one) => one.startsWith('d-1') && one !== 'd-1 delivered').sort()).toEqual(expected),
    PATIENT,
  );
});
