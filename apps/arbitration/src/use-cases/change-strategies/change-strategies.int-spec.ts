import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: publishing is atomic for whoever is decided on at that moment.

let fixture: ArbitrationFixture;
const CUSTOMERS = Array.from({ length: 8 }, (_, i) => `v-${i}`);

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putCustomers(CUSTOMERS.map((customerId) => ({ customerId })));
});
afterAll(() => fixture?.stop());

it('lets no decision mix two versions of a strategy', async () => {
  // Each version says its own number in every text, and asks its own share of two actions at once.
  const version = (n: number) =>
    fixture.putStrategy(
      'mixed',
      ['left', 'right'].map((side) =>
        appAction(side, { treatments: [{ channel: 'merchant', title: `${side} ${n}`, body: '' }] }),
      ),
      { version: n },
    );
  await version(1);
  let isPublishing = true;
  const seen = new Set<number>();
  const reader = async (lane: number): Promise<void> => {
    for (let i = 0; isPublishing; i += 1) {
      const { decisions } = await fixture.client(lane % 2).decide({
        requestId: `m-${lane}-${i}`,
        customerId: CUSTOMERS[lane]!,
        channels: ['merchant'],
        maxActions: 2,
        isCommitted: true,
        context: {},
      });
      const versions = decisions.flatMap(({ strategyVersion, title, candidates }) => [
        strategyVersion,
        Number(title.split(' ')[1]),
        ...candidates.map((candidate) => candidate.strategyVersion),
      ]);
      expect(new Set(versions).size).toBe(1);
      seen.add(versions[0]!);
    }
  };
  const readers = Promise.all(Array.from({ length: 8 }, (_, lane) => reader(lane)));
  for (let n = 2; n <= 5; n += 1) {
    await version(n);
    await eventually(() => expect(seen).toContain(n));
  }
  isPublishing = false;
  await readers;
});
