import { CampaignsServiceService, CreateNameListRequest } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import {
  actionMessage,
  appTreatment,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../testing/campaigns-harness';

// Goal: what a strategy may refer to follows from its own organisation: what is set there and above it, whoever asks.

const EAST = 'hq/east';
let harness: Harness;
let east: Pick<Harness, 'maker' | 'checker'>;
let audiencesAsked: string[];

beforeAll(async () => {
  harness = await startCampaigns({
    customers: {
      previewSegment: ({ orgPath }) => {
        audiencesAsked.push(orgPath);
        return Promise.resolve({ count: 12, sampleCustomerIds: [], tookMs: 1 });
      },
    },
  });
  const { service } = harness;
  east = {
    maker: service.client(CampaignsServiceService, { id: 'east-maker', orgPath: EAST }),
    checker: service.client(CampaignsServiceService, { id: 'east-checker', orgPath: EAST }),
  };
  const treatments = [appTreatment({ benefitStockId: 'packet' })];
  const action = actionMessage({ treatments, eligibility: { segment: 'everybody' } });
  await harness.maker.putAction({ requestId: 'a', action });
  harness.segments.set('western', { all: [] });
  harness.segmentOrgPaths.set('western', 'hq/west');
});
afterAll(() => harness?.stop());
beforeEach(() => {
  audiencesAsked = [];
  harness.stocks.set('packet', { totalLimit: 10 });
  harness.quotas.set('budget', { limitAmount: 100 });
});

const quotaUses = [{ quotaId: 'budget', actionIds: [], channels: [], amount: 1 }];
const findingsOf = async (strategyId: string, orgPath: string): Promise<string[]> => {
  const desk = harness.service.client(StrategyDeskServiceService, { id: 'reader', orgPath });
  const { findings, audienceCount } = await desk.checkStrategy({ strategyId });
  expect(audienceCount === 12).toBe(!findings.some(({ code }) => code === 'SEGMENT_OUT_OF_SCOPE'));
  return findings.filter(({ isBlocking }) => isBlocking).map(({ field, code }) => `${field} ${code}`);
};

it('lets a branch use the segments, stocks and quotas of the head office, and counts its own customers', async () => {
  const strategyId = 'branch';
  const strategy = strategyMessage({ strategyId, orgPath: EAST, quotaUses });
  await east.maker.createStrategy({ requestId: 'c', strategy });
  expect([await findingsOf(strategyId, EAST), await findingsOf(strategyId, 'hq')]).toEqual([[], []]);
  expect(audiencesAsked).toEqual([EAST, EAST]);
  const { strategy: submitted } = await east.maker.submitStrategy({ requestId: 's', strategyId });
  const review = { strategyId, comment: '', contentHash: submitted?.contentHash ?? '' };
  const { strategy: approved } = await east.checker.approveStrategy({ requestId: 'a', ...review });
  expect(approved?.state).toBe('published');
  await east.maker.moveStrategy({ requestId: 'p', strategyId, move: 'pause' });
  const { strategy: resumed } = await east.checker.moveStrategy({ requestId: 'r', strategyId, move: 'resume' });
  expect(resumed?.state).toBe('published');
});

it('lets a branch make its list of the segment of a strategy of the head office', async () => {
  await publish(harness, strategyMessage({ strategyId: 'bank', quotaUses }));
  audiencesAsked = [];
  const request = { requestId: 'l', strategyId: 'bank', name: 'East', orgPath: EAST };
  const { nameList } = await east.maker.createNameList(CreateNameListRequest.fromPartial(request));
  expect(nameList).toMatchObject({ segmentId: 'everybody', orgPath: EAST, expectedCount: 12 });
  expect(audiencesAsked).toEqual([EAST]);
  const foreign = CreateNameListRequest.fromPartial({ ...request, requestId: 'f', segmentId: 'western' });
  await expect(east.maker.createNameList(foreign)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
});

it('names a queue of another branch, or that there is not, as a finding', async () => {
  const { maker, queueOrgPaths, queueChannels } = harness;
  queueChannels.set('desk', 'merchant');
  const treatments = [appTreatment(), appTreatment({ channel: 'merchant', body: 'A better rate', queue: 'desk' })];
  await maker.putAction({ requestId: 'worked', action: actionMessage({ actionId: 'worked', treatments }) });
  const strategyId = 'worked';
  await harness.maker.createStrategy({
    requestId: 'w',
    strategy: strategyMessage({ strategyId, orgPath: EAST, actionIds: ['worked'] }),
  });
  const at = 'strategy.actionIds.0.treatments.1';
  expect(await findingsOf(strategyId, EAST)).toEqual([`${at} QUEUE_UNKNOWN`]);
  for (const [owner, codes] of [
    ['hq', []],
    [`${EAST}/sh`, []],
    ['hq/west', [`${at} QUEUE_OUT_OF_SCOPE`]],
  ] as const) {
    queueOrgPaths.set('desk', owner);
    expect(await findingsOf(strategyId, EAST)).toEqual(codes);
  }
});

it('names what is another branch’s as a finding, also when the head office asks', async () => {
  harness.stocks.set('packet', { orgPath: 'hq/west' });
  harness.quotas.set('budget', { orgPath: 'hq/west', limitAmount: 100 });
  const strategyId = 'mixed';
  const strategy = strategyMessage({ strategyId, orgPath: EAST, segmentId: 'western', quotaUses });
  await harness.maker.createStrategy({ requestId: 'm', strategy });
  const expected = [
    'strategy.segmentId SEGMENT_OUT_OF_SCOPE',
    'strategy.actionIds.0.treatments.0 BENEFIT_OUT_OF_SCOPE',
    'strategy.quotaUses.0.quotaId QUOTA_OUT_OF_SCOPE',
  ];
  expect([await findingsOf(strategyId, EAST), await findingsOf(strategyId, 'hq')]).toEqual([expected, expected]);
  await expect(harness.maker.submitStrategy({ requestId: 'sm', strategyId })).rejects.toMatchObject({
    reason: 'STRATEGY_INCOMPLETE',
  });
});
