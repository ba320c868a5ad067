import type { PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { TERM_DEPOSIT } from '../cast';
import { lineOf, windowsOf } from '../data/bank-file';
import type { Json } from '../http/json';
import { gainsOf, REPORTED_CAPACITIES, type GainsWindow } from '../measure/gains';
import { SEAT_SHARE, WINDOW_SIZE } from '../plan';
import type { CampaignFacts, WindowFacts } from '../report/story-facts';
import { windowKey, type WorkedWindow } from '../steps/campaign.step';
import type { World } from '../world';

const CURVE_POINTS = 50;
const FEATURES_SHOWN = 10;

/** A window as the platform tells of it now. */
interface ReadWindow {
  facts: WindowFacts;
  gains: GainsWindow;
  screened: Record<string, number>;
}

/** What the campaign reached, read from its name lists and pushes, with the results of the file. */
export async function campaignFacts(world: World): Promise<CampaignFacts> {
  const { bank, arbitration, review } = world;
  const windows: ReadWindow[] = [];
  for (const [index] of windowsOf(bank, WINDOW_SIZE).entries()) {
    windows.push(await readWindow(world, index));
  }
  const gainsAt = (shares: readonly number[]) =>
    gainsOf(
      windows.map(({ gains }) => gains),
      shares,
      bank.hasSubscribed,
    );
  const model = await arbitration.getModelReport(TERM_DEPOSIT.modelSlot);
  const { countByDisposition } = await review.getLeadReport(TERM_DEPOSIT.strategyId);
  return {
    historyCount: bank.historyCount,
    windows: windows.map(({ facts }) => facts),
    subscriberCount: windows.reduce((sum, { facts }) => sum + facts.subscribers, 0),
    reachedCount: windows.reduce((sum, { facts }) => sum + facts.reached, 0),
    convertedLeads: countByDisposition['converted'] ?? 0,
    gains: gainsAt(REPORTED_CAPACITIES),
    curve: gainsAt(Array.from({ length: CURVE_POINTS + 1 }, (_, i) => i / CURVE_POINTS)),
    seatShare: SEAT_SHARE,
    screened: sumCounts(windows.map(({ screened }) => screened)),
    model: {
      lessons: model.outcomeCount,
      successes: model.successCount,
      logLoss: model.logLoss,
      features: model.features.slice(0, FEATURES_SHOWN),
    },
  };
}

async function readWindow({ journal, campaigns, arbitration, bank }: World, index: number): Promise<ReadWindow> {
  const { first, last, listId, pushId } = journal.get<WorkedWindow>(windowKey(index));
  const list = await campaigns.getNameList(listId);
  const lines = new Map<string, number>();
  for (const { customerId, externalId } of await campaigns.listMembers(listId))
    lines.set(customerId, lineOf(externalId));
  const decisions = (await arbitration.listPushDecisions(pushId)).map((decision) => ({
    ...decision,
    line: lineOfDecision(lines, decision),
  }));
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const subscribers = all.filter(bank.hasSubscribed).length;
  const chosen = decisions.filter(({ isChosen }) => isChosen);
  return {
    facts: {
      name: String(index + 1),
      size: all.length,
      passed: list.passedCount,
      chosen: chosen.length,
      explored: chosen.filter(({ isExploration }) => isExploration).length,
      subscribers,
      reached: chosen.filter(({ line }) => bank.hasSubscribed(line)).length,
    },
    gains: {
      size: all.length,
      subscriberCount: subscribers,
      // Without a rank somebody did not reach the ranking.
      members: decisions.filter(({ rank }) => rank > 0),
    },
    screened: list.screenedCountByReason,
  };
}

function lineOfDecision(lines: ReadonlyMap<string, number>, { customerId }: Json<PushDecision>): number {
  const line = lines.get(customerId);
  if (line === undefined) throw new Error(`customer ${customerId} was pushed but is on no list`);
  return line;
}

function sumCounts(counts: readonly Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [reason, value] of counts.flatMap((each) => Object.entries(each)))
    sums[reason] = (sums[reason] ?? 0) + value;
  return sums;
}
