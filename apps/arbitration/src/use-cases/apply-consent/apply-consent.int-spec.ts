import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: a word of the customer gets through, however many decisions about him are under way, and holds from then on.

const LANES = 60;
let fixture: ArbitrationFixture;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
  await fixture.putStrategy('welcome', [appAction('hello')]);
});
afterAll(() => fixture?.stop());

it('is written while decisions about the same customer never end', async () => {
  await fixture.putCustomers([{ customerId: 'busy' }]);
  const client = fixture.client();
  let count = 0;
  const decide = async (): Promise<string | undefined> => {
    const request = { requestId: `busy-${(count += 1)}`, customerId: 'busy', channels: ['app'], maxActions: 1 };
    const { decisions } = await client.decide({ ...request, isCommitted: true, context: undefined });
    return decisions[0]?.reason;
  };
  let isWithdrawn = false;
  const after: (string | undefined)[] = [];
  const lane = async (): Promise<void> => {
    for (;;) {
      const isLate = isWithdrawn;
      const reason = await decide();
      if (!isLate) continue;
      after.push(reason);
      return;
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  expect(await decide()).toBe('CHOSEN');
  for (let version = 2; version <= 11; version += 1) {
    const word = { customerId: 'busy', purpose: 'marketing', channel: '*', isGranted: version % 2 === 0, version };
    await client.applyConsent(word);
  }
  isWithdrawn = true;
  await Promise.all(lanes);
  expect(new Set(after)).toEqual(new Set(['CONSENT_MISSING']));
});
