import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { anExchangeOffer, somePoints } from '../exchange/testing/exchange.factory';
import { PointsRules } from '../points/points-rules';
import { aCardTransaction, aPointsRule } from '../points/testing/points-rule.factory';
import { tally } from '../testing/wallet.fixture';
import type { Defined, Definition } from './domain/definition';

// Goal: whatever is in force is known to the hot paths, however many came after it or are over.

const clock = new FakeClock();
const DAY_MS = 24 * 3600 * 1000;
let first: TestService;
let second: TestService;
let count = 0;

const fromNow = (days: number): Date => new Date(clock.now().getTime() + days * DAY_MS);
const over = { validFrom: fromNow(-60), validTo: fromNow(-30) };
const toCome = { validFrom: fromNow(30), validTo: fromNow(60) };
const requestId = (): string => `desk-${(count += 1)}`;

/** As if they had been made and approved at that time. */
async function seed(
  collection: string,
  defined: Defined<object>,
  many: number,
  of: Partial<Definition>,
): Promise<void> {
  const { definition, terms } = defined;
  const documents = Array.from({ length: many }, (_, index) => {
    const { definitionId, ...fields } = { ...definition, definitionId: `${definition.definitionId}-${index}`, ...of };
    return { _id: definitionId as never, ...fields, terms };
  });
  await first.mongo.connection.collection(collection).insertMany(documents);
}
const approve = (definitionId: string, service = first) =>
  service
    .client(ExchangeServiceService, { id: 'checker' })
    .moveExchangeOffer({ requestId: requestId(), definitionId, move: 'approve' });
const draft = (definitionId: string) =>
  first.client(ExchangeServiceService).createExchangeOffer({
    requestId: requestId(),
    offer: anExchangeOffer({ get: somePoints(1) }, { definitionId }),
  });

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it('knows the oldest that is in force, though 500 younger ones are over, and those of whose time is still told', async () => {
  const rule = aPointsRule();
  const own = { definitionId: 'in-force', createdAt: fromNow(-400) };
  await seed('points_rules', rule, 1, own);
  await seed('points_rules', rule, 500, { validFrom: fromNow(-200), validTo: fromNow(-100), createdAt: fromNow(-190) });
  await seed('points_rules', rule, 1, { definitionId: 'just-over', ...over, createdAt: fromNow(-390) });
  await eventually(async () => {
    const known = await second.app.get(PointsRules).active();
    expect(known.map(({ definition }) => definition.definitionId)).toEqual(['just-over', 'in-force']);
  });
  // Points of the time before its end.
  const transactions = [aCardTransaction({ occurredAt: fromNow(-40) })];
  const points = second.client(PointsServiceService);
  const { results } = await points.earnPoints({ requestId: requestId(), transactions });
  expect(results[0]?.entry?.points).toBeGreaterThan(0);
});

it('approves no more than the hot paths look through, over two replicas, and one again when another is retired', async () => {
  const offer = anExchangeOffer();
  await seed('exchange_offers', offer, 300, {});
  await seed(
    'exchange_offers',
    { ...offer, definition: { ...offer.definition, definitionId: 'to-come' } },
    199,
    toCome,
  );
  await seed('exchange_offers', { ...offer, definition: { ...offer.definition, definitionId: 'over' } }, 50, over);
  for (const id of ['first-draft', 'second-draft', 'third-draft']) await draft(id);
  const race = [approve('first-draft'), approve('second-draft', second), approve('third-draft')];
  expect(await tally(race)).toEqual({ done: 1, DEFINITIONS_TOO_MANY: 2 });
  const retired = { requestId: requestId(), definitionId: `${offer.definition.definitionId}-7`, move: 'retire' };
  await first.client(ExchangeServiceService).moveExchangeOffer(retired);
  const rest = ['first-draft', 'second-draft', 'third-draft'].map((id, index) => approve(id, index ? first : second));
  expect(await tally(rest)).toEqual({ done: 1, DEFINITIONS_TOO_MANY: 1, DEFINITION_MOVE_NOT_ALLOWED: 1 });
});

it('shows a customer what holds now, page by page, and staff all', async () => {
  await first.mongo.connection.collection('exchange_offers').deleteMany({});
  const offer = anExchangeOffer();
  await seed('exchange_offers', offer, 3, {});
  await seed('exchange_offers', offer, 1, { definitionId: 'to-come', ...toCome });
  await seed('exchange_offers', offer, 1, { definitionId: 'over', ...over });
  await seed('exchange_offers', offer, 1, { definitionId: 'ends-now', validTo: clock.now() });
  await seed('exchange_offers', offer, 1, { definitionId: 'begins-now', validFrom: clock.now() });
  const customer = first.client(ExchangeServiceService, { kind: 'customer', id: 'anna' });
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await customer.listExchangeOffers({ pageSize: 2, pageToken });
    seen.push(...page.offers.map(({ definition }) => definition!.definitionId));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  const own = [0, 1, 2].map((index) => `${offer.definition.definitionId}-${index}`);
  expect(seen.sort()).toEqual([...own, 'begins-now'].sort());
  const { offers } = await first.client(ExchangeServiceService).listExchangeOffers({ pageSize: 0, pageToken: '' });
  expect(offers).toHaveLength(7);
});
