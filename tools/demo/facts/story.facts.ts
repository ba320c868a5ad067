import { OUTFLOW, remoteSeats, SALARY, TERM_DEPOSIT } from '../cast';
import { momentThresholds } from '../data/moment-thresholds';
import { checkFacts } from '../report/check-facts';
import type { BriefFacts, EffectFacts, LoadFacts, MomentFacts, StoryFacts } from '../report/story-facts';
import type { World } from '../world';
import { campaignFacts } from './campaign.facts';
import { FACT_RECORDED } from './wait-for-review';
import { flashSaleFacts, ledgerFacts, settlementFacts, walletFacts } from './value.facts';

const LOADS = ['load:bank-marketing', 'load:berka', 'load:history', 'load:holdings', 'load:transactions'];

/** Reads everything that the report says, and compares what can be compared. */
export async function storyFacts(world: World, finishedAt: string): Promise<StoryFacts> {
  const { customers, review, journal, context } = world;
  const everybody = await customers.preview({ all: [] });
  const intake = await review.getIntakeReport();
  const { countByDisposition } = await review.getLeadReport();
  const rfm = await customers.getRfmSummary();
  const facts = {
    finishedAt,
    gatewayUrl: context.gatewayUrl,
    loads: LOADS.map((name) => journal.get<LoadFacts>(name)),
    customers: everybody.count,
    events: intake.countByEventType[FACT_RECORDED] ?? 0,
    approval: await approvalFacts(world),
    campaign: await campaignFacts(world),
    funnel: await review.listFunnel(),
    leads: countByDisposition,
    brief: await briefFacts(world),
    moments: await momentFacts(world),
    rfm: { ...journal.get<{ asOf: string; customerCount: number }>('rfm'), cells: rfm.cells },
    flashSale: await flashSaleFacts(world),
    wallet: await walletFacts(world),
    settlement: await settlementFacts(world),
    ledger: await ledgerFacts(world),
    effect: await effectFacts(world),
  };
  return { ...facts, checks: checkFacts(facts) };
}

async function approvalFacts({ campaigns, journal }: World): Promise<StoryFacts['approval']> {
  const ids = [TERM_DEPOSIT.strategyId, OUTFLOW.strategyId, SALARY.strategyId];
  const strategies = await Promise.all(ids.map((strategyId) => campaigns.getStrategy(strategyId)));
  return {
    strategies: strategies.map(({ name, version, createdBy, reviewedBy }) => ({
      name,
      version,
      createdBy,
      reviewedBy,
    })),
    ownApprovalReason: journal.get<string>('own-approval-reason'),
  };
}

async function briefFacts(world: World): Promise<BriefFacts> {
  const [seat] = remoteSeats;
  if (seat === undefined) throw new Error('the story has no seats');
  const { lead, why, script, timeline } = await world.agent(seat).getLead(world.journal.get<string>('brief-lead'));
  return {
    title: lead?.title ?? '',
    disposition: lead?.disposition ?? '',
    why,
    opening: script?.opening ?? '',
    talkingPoints: script?.talkingPoints ?? [],
    timeline: timeline.map(({ type, summary }) => `${type}: ${summary}`),
  };
}

async function momentFacts({ review, berka }: World): Promise<MomentFacts> {
  const { count, p50Ms, p90Ms, p99Ms, maxMs } = await review.getMomentLatency();
  const rows = await review.listFunnel();
  const reachedBy = (strategyId: string): number =>
    rows.filter((row) => row.strategyId === strategyId).reduce((sum, { reached }) => sum + reached, 0);
  return {
    count,
    p50Ms,
    p90Ms,
    p99Ms,
    maxMs,
    ...momentThresholds(berka.transactions),
    branchLeads: reachedBy(OUTFLOW.strategyId),
    messagesRead: reachedBy(SALARY.strategyId),
  };
}

async function effectFacts({ review }: World): Promise<EffectFacts> {
  const effect = await review.getEffect(TERM_DEPOSIT.strategyId);
  return {
    treated: effect.treatedCount,
    control: effect.controlCount,
    hasLift: effect.hasLift,
    lift: effect.absoluteLift,
    ciLow: effect.ciLow,
    ciHigh: effect.ciHigh,
    sampleRatioP: effect.sampleRatioP,
    plannedControlShare: effect.plannedControlShare,
    explanation: effect.explanation,
  };
}
