import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { members, PushRunner, idsOf } from '../../testing/push-runner';

// Goal: a person who has several profiles is contacted no more often, and left in peace no less, than one who has one.

let fixture: ArbitrationFixture;
let requestCount = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({
    limits: [{ scope: 'channel', key: 'app', maxCount: 2, windowDays: 7, window: 'rolling', purpose: 'marketing' }],
    suppressions: [{ outcome: 'rejected', count: 1, withinDays: 1, scope: 'action', pauseDays: 30 }],
  });
  await fixture.putStrategy('persons', [
    appAction('tea'),
    appAction('loan', { valueMinor: 90, treatments: [{ channel: 'sms', title: 'Text' }] }),
  ]);
});
afterAll(() => fixture?.stop());

/** Profiles of one person from the given version on, or of as many persons. */
const put = (customerIds: readonly string[], version: number, isOne: boolean): Promise<void> =>
  fixture.putCustomers(
    customerIds.map((customerId) => ({ customerId, version })),
    isOne ? customerIds : [],
  );
const decide = async (
  customerId: string,
  { channels = ['app'], isCommitted = true, replica = 0 } = {},
): Promise<{ reason: string; decisionId: string }> => {
  const request = {
    requestId: `persons-${(requestCount += 1)}`,
    customerId,
    channels,
    maxActions: 1,
    context: undefined,
  };
  const { decisions } = await fixture.client(replica).decide({ ...request, isCommitted });
  return { reason: decisions[0]!.reason, decisionId: decisions[0]!.decisionId };
};
const reasonsOf = async (customerIds: readonly string[], options = {}): Promise<string[]> =>
  (await Promise.all(customerIds.map((customerId) => decide(customerId, options)))).map(({ reason }) => reason);

it('holds the limits of a person over profiles that decide at once, on two replicas', async () => {
  const profiles = ['ina', 'ina-too', 'ina-three', 'ina-four'];
  await put(profiles, 1, true);
  const rush = await Promise.all(
    [0, 1].flatMap((replica) => [reasonsOf(profiles, { replica }), reasonsOf(profiles, { replica })]),
  );
  const countOf = (reason: string): number => rush.flat().filter((each) => each === reason).length;
  expect([countOf('CHOSEN'), countOf('CONTACT_LIMIT_CHANNEL')]).toEqual([2, 14]);
});

it('adds up what each was told before they were joined, previews included, and takes it apart when the join is undone', async () => {
  const profiles = ['joe', 'joe-too'];
  await put(profiles, 1, false);
  expect(await reasonsOf([...profiles, ...profiles])).toEqual(new Array(4).fill('CHOSEN'));
  await put(['jon', 'jon-too'], 1, false);
  expect(await reasonsOf(['jon', 'jon-too'])).toEqual(['CHOSEN', 'CHOSEN']);
  await put(['jon', 'jon-too'], 2, true);
  for (const isCommitted of [false, true]) {
    await eventually(async () => {
      const reasons = await reasonsOf(['jon', 'jon-too'], { isCommitted });
      expect(reasons).toEqual(['CONTACT_LIMIT_CHANNEL', 'CONTACT_LIMIT_CHANNEL']);
    });
  }
  await put(['jon', 'jon-too'], 3, false);
  expect(await reasonsOf(['jon', 'jon-too'])).toEqual(['CHOSEN', 'CHOSEN']);
});

it('rests for the person what one of his profiles refused', async () => {
  await put(['kay', 'kay-too'], 1, true);
  const { decisionId } = await decide('kay', { channels: ['sms'] });
  const outcome = { requestId: 'kay-rejects', decisionId, outcome: 'rejected', occurredAt: fixture.clock.now() };
  await fixture.client(1).recordOutcome(outcome);
  expect((await decide('kay-too', { channels: ['sms'] })).reason).toBe('SUPPRESSED');
  await eventually(async () => {
    expect((await decide('kay-too', { channels: ['sms'], isCommitted: false })).reason).toBe('SUPPRESSED');
  });
  expect((await decide('kay-too')).reason).toBe('CHOSEN');
});

it('gives a person one place of a push, whichever of his profiles are listed', async () => {
  await fixture.putPolicy({
    limits: [{ scope: 'overall', key: '', maxCount: 1, windowDays: 7, window: 'rolling', purpose: 'marketing' }],
  });
  await fixture.putStrategy('push', [appAction('push-app')]);
  const profiles = idsOf(members('lea', 5));
  await put(profiles, 1, true);
  await put(['alone'], 1, false);
  const pushes = new PushRunner(fixture);
  const pushId = await pushes.start('push', [...profiles, 'alone']);
  await pushes.finished(pushId);
  const decisions = await pushes.decisionsOf(pushId);
  const reasons = decisions.filter(({ customerId }) => customerId !== 'alone').map(({ reason }) => reason);
  expect(reasons.sort()).toEqual(['CHOSEN', ...new Array(4).fill('CONTACT_LIMIT_OVERALL')]);
  expect(decisions.find(({ customerId }) => customerId === 'alone')).toMatchObject({ reason: 'CHOSEN' });
});
