import { ModelSlot } from '@tidegate/contracts/arbitration/v1/arbitration';
import { eventually } from '@tidegate/testing';
import { ANSWER_DAYS } from '../../domain/unanswered';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { ModelDesk } from '../../testing/model-desk';
import { TeachUnansweredUseCase } from './teach-unanswered.use-case';

// Goal: a model learns of those who answered nothing, once each, whichever replica looks, and not of those who refuse to be profiled.

const DAY_MS = 86_400_000;
let fixture: ArbitrationFixture;
let serial = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putCustomers(['ann', 'ben', 'cyd', 'dee', 'eve'].map((customerId) => ({ customerId })));
  const features = [{ kind: 'categorical', name: 'stage' }];
  const champion = { kind: 'adaptive', modelId: '' };
  const slot = { slot: 'ads', champion, successOutcome: 'converted', featureSpec: { spec: { features } } };
  await new ModelDesk(fixture, 'ads').open(ModelSlot.fromPartial(slot));
  await fixture.putStrategy('ads', [appAction('ads', { modelSlot: 'ads' })]);
});
afterAll(() => fixture?.stop());

const decide = async (customerId: string): Promise<string> => {
  const request = { requestId: customerId, customerId, channels: ['app'], maxActions: 1, context: undefined };
  return (await fixture.client().decide({ ...request, isCommitted: true })).decisions[0]!.decisionId;
};
const tell = (decisionId: string, outcome: string): Promise<unknown> =>
  fixture.client().recordOutcome({ requestId: `o-${(serial += 1)}`, decisionId, outcome, occurredAt: undefined });
const look = (): Promise<unknown> =>
  Promise.all(fixture.replicas.map(({ app }) => app.get(TeachUnansweredUseCase).execute()));
const learnt = async (outcomeCount: number, successCount: number): Promise<void> =>
  eventually(async () => {
    const { report } = await fixture.client().getModelSlot({ slot: 'ads' });
    expect(report).toMatchObject({ outcomeCount, successCount });
  });

it('teaches of silence when its time has come', async () => {
  const ids = new Map<string, string>();
  for (const customerId of ['ann', 'ben', 'cyd', 'dee', 'eve']) ids.set(customerId, await decide(customerId));
  const of = (customerId: string): string => ids.get(customerId)!;
  for (const customerId of ['ann', 'ben', 'cyd', 'eve']) await tell(of(customerId), 'shown');
  await tell(of('cyd'), 'converted');
  await fixture
    .client()
    .applyConsent({ customerId: 'eve', purpose: 'profiling', channel: '*', isGranted: false, version: 2 });
  await learnt(1, 1);

  fixture.clock.advance(DAY_MS);
  await tell(of('ben'), 'clicked');
  fixture.clock.advance((ANSWER_DAYS - 1) * DAY_MS - 1);
  await look();
  await learnt(1, 1);
  fixture.clock.advance(1);
  await look();
  await look();
  // Of Ben something more was heard since, of Dee nothing, and Eve does not want it.
  await learnt(2, 1);
  await tell(of('ben'), 'converted');
  fixture.clock.advance(2 * DAY_MS);
  await look();
  await learnt(3, 2);
  // A decision teaches once: what comes too late is recorded all the same.
  await tell(of('ann'), 'converted');
  await look();
  await learnt(3, 2);
  const { decision } = await fixture.client().getDecision({ decisionId: of('ann') });
  expect(decision?.outcomes).toEqual(['shown', 'converted']);
});
