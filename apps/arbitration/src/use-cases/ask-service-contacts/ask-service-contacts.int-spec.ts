import { eventually, persistently } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';

// Goal: service messages that no strategy decides keep to the limits, quiet hours and consents of service together with those that one decides, exactly,
// over two replicas and all profiles of a person.

const DAY_MS = 86_400_000;
const SERVICE = { purpose: 'service', channel: '*', isGranted: true };
const limit = { scope: 'overall', key: '', maxCount: 1, windowDays: 1, window: 'calendar', purpose: 'service' };
const quiet = {
  channel: 'app',
  fromMinute: 21 * 60,
  toMinute: 8 * 60,
  isQuietOnHolidays: false,
  mode: 'queue',
  isServiceExempt: false,
};

let fixture: ArbitrationFixture;
let requestCount = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({ limits: [limit], quietHours: [quiet] });
  await fixture.putStrategy('service', [appAction('statement', { purpose: 'service' })]);
});
afterAll(() => fixture?.stop());

const put = (customerIds: readonly string[], isOne = false): Promise<void> =>
  fixture.putCustomers(
    customerIds.map((customerId) => ({ customerId, consents: [{ ...SERVICE, changedAt: new Date('2026-01-01') }] })),
    isOne ? customerIds : [],
  );
const ask = async (contacts: [contactId: string, customerId: string][], replica = 0, usefulDays = 3) => {
  const usefulUntil = new Date(fixture.clock.now().getTime() + usefulDays * DAY_MS);
  const asked = contacts.map(([contactId, customerId]) => ({ contactId, customerId, channel: 'app', usefulUntil }));
  return (await persistently(() => fixture.client(replica).askServiceContacts({ contacts: asked }))).answers;
};
const reasonsOf = async (contacts: [string, string][], replica = 0): Promise<string[]> =>
  (await ask(contacts, replica)).map(({ reason }) => reason);
const decide = async (customerId: string): Promise<string> => {
  const request = {
    requestId: `r-${(requestCount += 1)}`,
    customerId,
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
  };
  const answer = await persistently(() => fixture.client(1).decide({ ...request, context: undefined }));
  return answer.decisions[0]!.reason;
};
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts ?? [];

it('counts with decisions of purpose service, whichever comes first, and of each message once', async () => {
  await put(['ann', 'ben']);
  expect(await reasonsOf([['m-ann', 'ann']])).toEqual(['']);
  expect(
    await reasonsOf(
      [
        ['m-ann', 'ann'],
        ['m-ann-2', 'ann'],
      ],
      1,
    ),
  ).toEqual(['', 'CONTACT_LIMIT_OVERALL']);
  expect(await contactsOf('ann')).toMatchObject([{ decisionId: 'm-ann', purpose: 'service', isCommitted: true }]);
  expect(await decide('ann')).toBe('CONTACT_LIMIT_OVERALL');
  expect(await decide('ben')).toBe('CHOSEN');
  expect(
    await reasonsOf([
      ['m-ben', 'ben'],
      ['m-nobody', 'nobody'],
    ]),
  ).toEqual(['CONTACT_LIMIT_OVERALL', 'CONSENT_MISSING']);
});

it('holds a limit of a person over messages and decisions that come at once, on two replicas and under all his profiles', async () => {
  for (let round = 0; round < 3; round += 1) {
    const profiles = [0, 1, 2].map((index) => `cai-${round}-${index}`);
    await put(profiles, true);
    const rush = await Promise.all(
      profiles.flatMap((customerId) => [
        ask([[`m-${customerId}-a`, customerId]], 0).then(([answer]) => answer!.reason),
        ask([[`m-${customerId}-b`, customerId]], 1).then(([answer]) => answer!.reason),
        decide(customerId).then((reason) => (reason === 'CHOSEN' ? '' : reason)),
      ]),
    );
    expect(rush.filter((reason) => reason === '')).toHaveLength(1);
    expect(rush.filter((reason) => reason === 'CONTACT_LIMIT_OVERALL')).toHaveLength(8);
  }
});

it('waits for the morning, and goes out then unless the customer withdrew', async () => {
  await put(['dan', 'eve']);
  const [night, morning] = [new Date('2026-03-03T14:00:00Z'), new Date('2026-03-04T00:00:00Z')];
  fixture.clock.set(night);
  const asked: [string, string][] = [
    ['m-dan', 'dan'],
    ['m-eve', 'eve'],
  ];
  for (const replica of [0, 1]) {
    const waiting = { reason: '', queuedUntil: morning };
    expect(await ask(asked, replica)).toMatchObject([waiting, waiting]);
  }
  expect(await contactsOf('dan')).toMatchObject([{ decisionId: 'm-dan', at: morning, isCommitted: false }]);
  expect(await ask([['m-short', 'dan']], 0, 0.1)).toMatchObject([{ reason: 'TOO_LATE' }]);
  const word = { customerId: 'eve', purpose: 'service', channel: 'app', isGranted: false, version: 2 };
  await fixture.client().applyConsent(word);
  fixture.clock.set(morning);
  await eventually(async () => {
    expect(await ask(asked, 1)).toMatchObject([{ reason: '', queuedUntil: undefined }, { reason: 'CONSENT_MISSING' }]);
  });
  expect(await contactsOf('dan')).toMatchObject([{ decisionId: 'm-dan', at: morning, isCommitted: true }]);
  expect(await contactsOf('eve')).toEqual([]);
});

it('gives back what was promised to one that is of no use any more', async () => {
  await put(['fay']);
  fixture.clock.set(new Date('2026-03-05T14:00:00Z'));
  expect(await reasonsOf([['m-fay', 'fay']])).toEqual(['']);
  expect(await reasonsOf([['m-fay-2', 'fay']])).toEqual(['CONTACT_LIMIT_OVERALL']);
  const over = { contactId: 'm-fay', customerId: 'fay', channel: 'app', usefulUntil: new Date(0) };
  const { answers } = await fixture.client(1).askServiceContacts({ contacts: [over] });
  expect(answers).toMatchObject([{ reason: 'TOO_LATE', queuedUntil: undefined }]);
  expect(await contactsOf('fay')).toEqual([]);
  expect(await reasonsOf([['m-fay-2', 'fay']])).toEqual(['']);
});

it('is refused without a customer, a channel or an end', async () => {
  const wrong = { contactId: '', customerId: '', channel: '', usefulUntil: undefined };
  for (const contacts of [[wrong], []]) {
    await expect(fixture.client().askServiceContacts({ contacts })).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
    });
  }
});
