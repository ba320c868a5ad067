import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: publishing against pausing has one right outcome on every replica, whatever order word of it comes in, and no decision mixes two
// versions.

const ACTIONS = 8;
let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putCustomers([{ customerId: 'ann' }]);
});
afterAll(() => fixture?.stop());

const snapshot = (version: number, revision: number, state: string): StrategyChanged => ({
  snapshot: StrategySnapshot.fromPartial({
    strategy: { strategyId: 's', version, name: 's', orgPath: 'hq', state },
    actions: Array.from({ length: ACTIONS }, (_, index) => ({
      ...appAction(`v${version}-${index}`),
      purpose: 'marketing',
      valueMinor: 100,
    })) as never,
    revision,
  }),
});
const preview = async (replica: number) => {
  const request = { requestId: '', customerId: 'ann', channels: ['app'], maxActions: ACTIONS, isCommitted: false };
  return (await fixture.client(replica).decide({ ...request, context: undefined })).decisions;
};

it('ends in the highest revision on both replicas, in whatever order it is told', async () => {
  const versions = new Set<string>();
  let isDone = false;
  const watch = async (replica: number): Promise<void> => {
    while (!isDone) {
      const [first] = await preview(replica);
      const seen = new Set((first?.candidates ?? []).map(({ actionId }) => actionId.split('-')[0]));
      versions.add([...seen].sort().join('+'));
    }
  };
  const watching = Promise.all([watch(0), watch(1)]);
  // Published in versions 1 to 4, each paused and resumed; the last word is a pause.
  const words = [1, 2, 3, 4].flatMap((version) => [
    snapshot(version, version * 3 - 2, 'published'),
    snapshot(version, version * 3 - 1, 'paused'),
    snapshot(version, version * 3, version === 4 ? 'paused' : 'published'),
  ]);
  const shuffled = [5, 11, 0, 7, 2, 9, 1, 10, 4, 3, 8, 6].map((place) => words[place]!);
  await Promise.all(
    shuffled.map((word, index) => fixture.first.publish(StrategyChanged, 's', [word], `word-${index}`)),
  );
  await eventually(() => {
    for (const { app } of fixture.replicas) {
      expect(app.get(StrategyCatalogue).find('s')).toMatchObject({ revision: 12, version: 4, state: 'paused' });
    }
  });
  isDone = true;
  await watching;
  for (const replica of [0, 1]) expect((await preview(replica))[0]?.reason).toBe('STRATEGY_NOT_ACTIVE');
  for (const seen of versions) expect(['', 'v1', 'v2', 'v3', 'v4']).toContain(seen);
});

it('holds every strategy, however many were told of before it', async () => {
  const { app } = fixture.first;
  const stored = (index: number, state: string) => {
    const dates = { startsAt: null, endsAt: null, holdoutBasisPoints: 0, explorationBasisPoints: 0 };
    const parts = { channels: [], momentActionIds: [], audience: null, actions: [], scriptVersions: {} };
    const own = { strategyId: `stored-${index}`, version: 1, revision: 1, orgPath: 'hq', state, quota: 0 };
    return { _id: own.strategyId, revision: 1, snapshot: { ...own, ...dates, ...parts } };
  };
  const { connection } = app.get(Mongo);
  const retired = Array.from({ length: 5_000 }, (_, index) => stored(index, 'retired'));
  await connection.collection('strategies').insertMany([...retired, stored(5_000, 'published')] as never[]);
  const catalogue = app.get(StrategyCatalogue);
  await catalogue.load();
  expect(catalogue.find('stored-5000')).toMatchObject({ state: 'published' });
  expect(catalogue.find('stored-0')).toMatchObject({ state: 'retired' });
  expect(catalogue.find('s')).toMatchObject({ revision: 12 });
});
