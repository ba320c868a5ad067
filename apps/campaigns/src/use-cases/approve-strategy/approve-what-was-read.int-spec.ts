import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import {
  actionMessage,
  appTreatment,
  reviewOf,
  scriptMessage,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: what goes live is what the reviewer read, and none of it is his own.

let harness: Harness;
beforeAll(async () => {
  harness = await startCampaigns();
  await harness.maker.putAction({ requestId: 'a1', action: actionMessage() });
});
afterAll(() => harness?.stop());

const step = (strategyId: string, what: string) => ({ requestId: `${what}-${strategyId}`, strategyId });
const review = (strategyId: string, what: string) => reviewOf(harness, strategyId, what);

it('publishes what was read, and no change of an action, a script or a segment that nobody read', async () => {
  const { maker, checker, segments } = harness;
  const strategyId = 'pinned';
  segments.set('pinned', { tag: 'vip' });
  const branch = appTreatment({ channel: 'branch', scriptId: 'pinned', queue: 'east' });
  const offer = actionMessage({ actionId: 'pinned', treatments: [branch] });
  await maker.putScript({ requestId: 'pinned-1', script: scriptMessage({ scriptId: 'pinned' }) });
  await maker.putAction({ requestId: 'pinned-1', action: offer });
  const strategy = strategyMessage({ strategyId, segmentId: 'pinned', actionIds: ['pinned'] });
  await maker.createStrategy({ requestId: 'create-pinned', strategy });
  const changes: [what: string, change: () => unknown][] = [
    ['action', () => maker.putAction({ requestId: 'pinned-2', action: { ...offer, name: 'Another' } })],
    ['script', () => maker.putScript({ requestId: 'pinned-2', script: scriptMessage({ scriptId: 'pinned' }) })],
    ['segment', () => segments.set('pinned', { all: [] })],
  ];
  let first = '';
  for (const [what, change] of changes) {
    await maker.submitStrategy(step(strategyId, `submit-${what}`));
    const read = await review(strategyId, `approve-${what}`);
    first ||= read.contentHash;
    await change();
    await expect(checker.approveStrategy(read)).rejects.toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'STRATEGY_CHANGED_IN_REVIEW',
    });
    await checker.rejectStrategy({ ...step(strategyId, `reject-${what}`), comment: 'read it again' });
  }
  await maker.submitStrategy(step(strategyId, 'submit'));
  const read = await review(strategyId, 'approve');
  await expect(checker.approveStrategy({ ...read, requestId: 'stale', contentHash: first })).rejects.toMatchObject({
    code: 'ABORTED',
    reason: 'VERSION_CONFLICT',
  });
  const published = await checker.approveStrategy(read);
  expect(published.strategy).toMatchObject({ state: 'published', version: 1, contentHash: read.contentHash });
  expect(await checker.approveStrategy(read)).toEqual(published);
});

it('lets nobody approve who wrote an action or a script that comes with it', async () => {
  const { maker, checker, service } = harness;
  const strategyId = 'authored';
  const [ann, bo] = ['ann', 'bo'].map((id) => service.client(CampaignsServiceService, { id }));
  const branch = appTreatment({ channel: 'branch', scriptId: 'authored', queue: 'east' });
  const offer = actionMessage({ actionId: 'authored', treatments: [branch] });
  await bo!.putScript({ requestId: 'authored-1', script: scriptMessage({ scriptId: 'authored' }) });
  await ann!.putAction({ requestId: 'authored-1', action: offer });
  await maker.putAction({ requestId: 'authored-2', action: { ...offer, name: 'Polished' } });
  await maker.createStrategy({ requestId: 'c', strategy: strategyMessage({ strategyId, actionIds: ['authored'] }) });
  await maker.submitStrategy(step(strategyId, 'submit'));
  const own = { code: 'FAILED_PRECONDITION', reason: 'APPROVER_IS_MAKER' };
  for (const author of [ann!, bo!]) {
    await expect(author.approveStrategy(await review(strategyId, 'own'))).rejects.toMatchObject(own);
  }
  await checker.approveStrategy(await review(strategyId, 'approve'));
  // Of the next change ann's version is no part: it is in force.
  const next = strategyMessage({ strategyId, actionIds: ['authored'], version: 1, name: 'Next' });
  await bo!.putScript({ requestId: 'authored-2', script: scriptMessage({ scriptId: 'authored', title: 'Second' }) });
  await maker.updateStrategy({ requestId: 'n', strategy: next });
  await maker.submitStrategy(step(strategyId, 'submit-2'));
  await expect(bo!.approveStrategy(await review(strategyId, 'own-2'))).rejects.toMatchObject(own);
  const { strategy } = await ann!.approveStrategy(await review(strategyId, 'approve-2'));
  expect(strategy).toMatchObject({ version: 2, state: 'published', reviewedBy: 'ann' });
});

it('lets nobody approve who wrote a segment that comes with it, also through another', async () => {
  const { maker, checker, service, segments, segmentAuthors } = harness;
  const strategyId = 'to-the-rich';
  const [di, ed] = ['di', 'ed'].map((id) => service.client(CampaignsServiceService, { id }));
  segments.set('rich', { all: [{ segment: 'solvent' }, { tag: 'vip' }] });
  segmentAuthors.set('rich', [{ actorId: 'di', version: 1 }]);
  segments.set('solvent', { tag: 'solvent' });
  segmentAuthors.set('solvent', [{ actorId: 'ed', version: 4 }]);
  await maker.createStrategy({ requestId: 's', strategy: strategyMessage({ strategyId, segmentId: 'rich' }) });
  await maker.submitStrategy(step(strategyId, 'submit'));
  const own = { code: 'FAILED_PRECONDITION', reason: 'APPROVER_IS_MAKER' };
  for (const author of [di!, ed!]) {
    await expect(author.approveStrategy(await review(strategyId, 'own'))).rejects.toMatchObject(own);
  }
  await checker.approveStrategy(await review(strategyId, 'approve'));
  // What is in force is nobody's change any more; what ed writes now is.
  segmentAuthors.set('solvent', [{ actorId: 'ed', version: 5 }]);
  const next = strategyMessage({ strategyId, segmentId: 'rich', version: 1, name: 'Next' });
  await maker.updateStrategy({ requestId: 's-2', strategy: next });
  await maker.submitStrategy(step(strategyId, 'submit-2'));
  await expect(ed!.approveStrategy(await review(strategyId, 'own-2'))).rejects.toMatchObject(own);
  const { strategy } = await di!.approveStrategy(await review(strategyId, 'approve-2'));
  expect(strategy).toMatchObject({ version: 2, state: 'published', reviewedBy: 'di' });
});
