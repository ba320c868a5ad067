import type { ScarceBook } from './scarce-book';
import { LimitTable, type Limit, type LimitUse } from './allocation/limit-table';
import type { Stop } from './reason';
import type { RoomsByOffer } from './promise-book';
import type { StockRoom } from './stock-promise';
import { isHuman, type Candidate } from './strategy';

export type PushLimitKind = 'channel' | 'group' | 'action' | 'budget';

/** What a push may use up at most, beside capacity and quota: so many members, or minor units for a budget. */
export interface PushLimit {
  kind: PushLimitKind;
  /** The channel, group or action id; empty for a budget. */
  key: string;
  max: number;
}

/** What one contact costs; an empty part stands for any. */
export interface ContactCost {
  channel: string;
  actionId: string;
  costMinor: number;
}

/** What is asked of a push when it starts. */
export interface PushTerms {
  limits: PushLimit[];
  costs: ContactCost[];
}

/** A limit with what of it is used. */
export interface LimitLine extends Limit {
  used: number;
  /** Of a stock's units: the stocks whose offers take them, itself and whole bundles. */
  ofStocks?: string[];
  /** What each decision asks of the stock, with the promises of other pushes in view. */
  room?: StockRoom;
  /** Only offers without people's time use it. */
  isOfMessages?: boolean;
}

/** What an offer of a benefit stock takes one unit of, and how many there are. */
export interface StockUnits extends Pick<LimitLine, 'room' | 'isOfMessages'> {
  stockId: string;
  units: number;
  /** Of this day alone; of all days together without it. */
  day?: string;
}

export type UnitsBehind = (stockId: string) => readonly StockUnits[];
const NO_STOCKS: UnitsBehind = () => [];

const STRATEGY = 'strategy:';
const STOCK = 'stock:';
const BUDGET = 'budget';

/** The bank's days on which contacts of a candidate may take place; today for none. */
export type ContactDays = (candidate: Candidate) => readonly string[];
const TODAY: ContactDays = () => [];

/** Every limit that the candidates may run into, with nothing used yet. */
export function openLedger(
  candidates: readonly Candidate[],
  terms: PushTerms,
  scarce: ScarceBook,
  unitsBehind: UnitsBehind = NO_STOCKS,
  daysOf: ContactDays = TODAY,
): LimitLine[] {
  const lines: LimitLine[] = [];
  const open = (id: string, max: number): number => lines.push({ id, max: Math.max(0, max), used: 0 });
  for (const queue of new Set(candidates.map(({ treatment }) => treatment.queue))) {
    if (queue !== '') open(`queue:${queue}`, scarce.capacity.freeOf(queue));
  }
  for (const { strategyId, quota } of new Set(candidates.map(({ strategy }) => strategy))) {
    if (quota > 0) open(`${STRATEGY}${strategyId}`, quota - scarce.chosenCountOf(strategyId));
  }
  for (const [quotaId, days] of quotaDays(candidates, daysOf)) {
    open(`quota:${quotaId}`, scarce.quotas.freeOnDays(quotaId, days));
  }
  lines.push(...stockLines(candidates, unitsBehind));
  for (const { kind, key, max } of terms.limits) open(kind === 'budget' ? BUDGET : `${kind}:${key}`, max);
  return lines;
}

/** Of each quota the days on which it may be used. */
function quotaDays(candidates: readonly Candidate[], daysOf: ContactDays): Map<string, Set<string>> {
  const byQuota = new Map<string, Set<string>>();
  for (const candidate of candidates) {
    for (const { quotaId } of candidate.treatment.quotaUses) {
      byQuota.set(quotaId, new Set([...(byQuota.get(quotaId) ?? []), ...daysOf(candidate)]));
    }
  }
  return byQuota;
}

function stockLines(candidates: readonly Candidate[], unitsBehind: UnitsBehind): LimitLine[] {
  const lines = new Map<string, LimitLine>();
  for (const stockId of new Set(candidates.map(({ treatment }) => treatment.benefitStockId))) {
    if (stockId === '') continue;
    for (const { stockId: of, units, day, ...more } of unitsBehind(stockId)) {
      const part = day ?? (more.isOfMessages ? 'today' : '');
      const id = `${STOCK}${of}${part && `|${part}`}`;
      const ofStocks = [...(lines.get(id)?.ofStocks ?? []), stockId];
      lines.set(id, { id, max: units, used: 0, ofStocks, ...more });
    }
  }
  return [...lines.values()];
}

/** The ledger's limits with what each candidate uses of them. */
export function limitTableOf(
  candidates: readonly Candidate[],
  terms: PushTerms,
  ledger: readonly LimitLine[],
): LimitTable {
  const indexes = new Map(ledger.map(({ id }, index) => [id, index]));
  const ofStock = linesByStock(ledger);
  return new LimitTable(
    ledger,
    candidates.map((candidate) =>
      [...usesOf(candidate, terms), ...stockUsesOf(candidate, ofStock)].flatMap(([id, amount]): LimitUse[] => {
        const limit = indexes.get(id);
        return limit === undefined || amount === 0 ? [] : [{ limit, amount }];
      }),
    ),
  );
}

function usesOf(candidate: Candidate, terms: PushTerms): [id: string, amount: number][] {
  const { action, treatment } = candidate;
  return [
    [`queue:${treatment.queue}`, 1],
    [`${STRATEGY}${candidate.strategy.strategyId}`, 1],
    [`channel:${treatment.channel}`, 1],
    [`group:${action.group}`, 1],
    [`action:${action.actionId}`, 1],
    [BUDGET, costOf(candidate, terms.costs)],
    ...treatment.quotaUses.map(({ quotaId, amount }): [string, number] => [`quota:${quotaId}`, amount]),
  ];
}

function linesByStock(ledger: readonly LimitLine[]): ReadonlyMap<string, LimitLine[]> {
  const byStock = new Map<string, LimitLine[]>();
  for (const line of ledger) {
    for (const stockId of line.ofStocks ?? []) byStock.set(stockId, [...(byStock.get(stockId) ?? []), line]);
  }
  return byStock;
}

const stockUsesOf = (
  { treatment }: Candidate,
  ofStock: ReadonlyMap<string, LimitLine[]>,
): [id: string, amount: number][] =>
  (ofStock.get(treatment.benefitStockId) ?? [])
    .filter(({ isOfMessages }) => !isOfMessages || !isHuman(treatment))
    .map(({ id }) => [id, 1]);

/** What the decisions of a push ask of benefit stocks, by the stock that is offered. */
export function roomsOf(ledger: readonly LimitLine[]): RoomsByOffer {
  const asked = linesByStock(ledger.filter(({ room }) => room !== undefined));
  return new Map([...asked].map(([stockId, lines]) => [stockId, lines.flatMap(({ room }) => room ?? [])]));
}

/** The line that names most counts: both, then the action, then the channel. */
function costOf({ action, treatment }: Candidate, costs: readonly ContactCost[]): number {
  let [best, found] = [-1, 0];
  for (const { channel, actionId, costMinor } of costs) {
    if ((channel !== '' && channel !== treatment.channel) || (actionId !== '' && actionId !== action.actionId))
      continue;
    const rank = (actionId === '' ? 0 : 2) + (channel === '' ? 0 : 1);
    if (rank > best) [best, found] = [rank, costMinor];
  }
  return found;
}

/** The reason why a candidate cannot be chosen once, whoever asks; null when it can. */
export function exhaustedStops(table: LimitTable): (Stop | null)[] {
  const nothing = new Float64Array(table.limits.length);
  return Array.from({ length: table.candidateCount }, (_, candidate) => {
    const full = table.firstFull(candidate, nothing);
    return full < 0 ? null : stopOfLimit(table.limits[full]?.id ?? '');
  });
}

/** What a member is told that wants room of a limit which is used up meanwhile. */
export const lostStopOf = (id: string): Stop => (id.startsWith(STOCK) ? 'BENEFIT_EXHAUSTED' : 'OUTRANKED');

function stopOfLimit(id: string): Stop {
  if (id.startsWith(STOCK)) return 'BENEFIT_EXHAUSTED';
  if (id.startsWith('queue:')) return 'CAPACITY_EXHAUSTED';
  if (id.startsWith(STRATEGY) || id.startsWith('quota:')) return 'QUOTA_EXHAUSTED';
  return id === BUDGET ? 'BUDGET_EXHAUSTED' : 'PUSH_LIMIT_EXHAUSTED';
}
