import { refusalOf } from '../http/gateway-refusal';
import { momentThresholds } from '../data/moment-thresholds';
import { money } from '../report/format';
import type { World } from '../world';
import { largeOutflow, largeSalary, termDeposit, type StrategyPackage } from './strategy-drafts';

/** Drafted by the maker, submitted, refused to the maker, approved by the checker. */
export async function publishStrategies(world: World): Promise<void> {
  const thresholds = momentThresholds(world.berka.transactions);
  const packages = [termDeposit(world.bank.historyCount), largeOutflow(thresholds), largeSalary(thresholds)];
  for (const each of packages) await publish(world, each);
  const { outflowMinor, salaryMinor } = thresholds;
  world.say(
    `  ${packages.length} strategies live, each approved by another person than its maker; moments from ${money(outflowMinor, 'CZK')} out and ${money(salaryMinor, 'CZK')} in`,
  );
}

async function publish(world: World, { segment, script, action, strategy }: StrategyPackage): Promise<void> {
  const { customers, campaigns, journal } = world;
  const { strategyId } = strategy;
  if (segment !== undefined) {
    const { segmentId, ...content } = segment;
    await customers.putSegment(segmentId, { ...content, orgPath: strategy.orgPath ?? '' }, `segment:${segmentId}`);
  }
  if (script !== undefined) {
    const { scriptId, ...content } = script;
    await campaigns.putScript(scriptId, content, `script:${scriptId}`);
  }
  const { actionId, ...offer } = action;
  await campaigns.putAction(actionId, offer, `action:${actionId}`);
  await campaigns.draft(strategy, `draft:${strategyId}`);
  await campaigns.submit(strategyId, `submit:${strategyId}`);
  // A story that was cut after the approval finds nothing left to refuse.
  const { state, contentHash } = await campaigns.getStrategy(strategyId);
  if (state === 'in_review') {
    const own = campaigns.approve(
      strategyId,
      'maker',
      { contentHash, comment: 'My own.' },
      `approve-own:${strategyId}`,
    );
    journal.put('own-approval-reason', (await refusalOf(own, 'APPROVER_IS_MAKER')).reason);
  }
  await campaigns.approve(strategyId, 'checker', { contentHash, comment: 'Read and agreed.' }, `approve:${strategyId}`);
}
