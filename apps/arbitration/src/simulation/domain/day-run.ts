import { allocate, type Allocation } from '../../domain/allocation/allocate';
import type { LimitTable } from '../../domain/allocation/limit-table';
import { ShortlistBuilder } from '../../domain/allocation/shortlist-builder';
import type { ShortlistBlock } from '../../domain/allocation/shortlist-block';
import { NO_OWNER, type Owner } from '../../domain/capacity';
import { ownerOf, type CustomerState } from '../../domain/customer-state';
import { MemberScorer, type Propensities } from '../../domain/member-scorer';
import { exhaustedStops, limitTableOf, type LimitLine } from '../../domain/push-terms';
import { codeOf, stopOf, type ReasonCode } from '../../domain/reason';
import type { Situation } from '../../domain/situation';
import { stableHash } from '../../domain/stable-hash';
import type { StrategyAction } from '../../domain/strategy';
import { fitOwners } from './fit-owners';
import type { MomentCalendar } from './moment-calendar';
import type { OwnUnits } from './own-units';
import type { World } from './world';

const NO_TERMS = { limits: [], costs: [] };
const NOTHING = { passing: new Uint16Array(0), scores: new Float64Array(0) };
const KEPT_MAX = 8;
const CONTACT_STOPS: ReadonlySet<string | null> = new Set([
  'CONTACT_LIMIT_OVERALL',
  'CONTACT_LIMIT_CHANNEL',
  'CONTACT_LIMIT_GROUP',
  'HUMAN_CHANNEL_BUSY',
]);

/** What a day of one world begins with. */
export interface SimulatedDay {
  world: World;
  /** The strategy that is simulated. */
  strategyId: string;
  lines: readonly LimitLine[];
  situation: Situation;
  customerCount: number;
  /** Which of the simulated days it is, from 0, and the moments of all of them. */
  index: number;
  moments: MomentCalendar;
}

/** One simulated day of one world: everybody through the rules, then the day's seats and quotas to those who are worth most. */
export class DayRun {
  readonly table: LimitTable;
  /** Customer → why none of the simulated strategy's candidates passed; code of null when one did. */
  readonly codes: Uint8Array;
  private readonly scorer: MemberScorer;
  /** The one at hand. */
  private customer = 0;
  private readonly builder: ShortlistBuilder;
  private readonly limitedBy: Map<number, string> = new Map();
  private readonly shortlistPrices: Float64Array;
  /** Customer → who looks after it. */
  private readonly owners: Owner[] = [];

  constructor(private readonly day: SimulatedDay) {
    const { world, strategyId, lines, situation, customerCount, index, moments } = day;
    const { candidates } = world;
    this.table = limitTableOf(candidates, NO_TERMS, lines);
    const watched = Uint8Array.from(candidates, ({ strategy }) => (strategy.strategyId === strategyId ? 1 : 0));
    const targeted = new Set(candidates.map(({ action }) => action.modelSlot));
    const isTimely = (action: StrategyAction): boolean =>
      !moments.isPlayed(action) || moments.has(action, this.customer, index);
    const options = { isListed: false, watched, targeted, isTimely };
    this.scorer = new MemberScorer(candidates, exhaustedStops(this.table), situation, options);
    this.shortlistPrices = new Float64Array(lines.length);
    const prices = this.table.pricesOf(this.shortlistPrices);
    this.builder = new ShortlistBuilder(this.table, prices, KEPT_MAX, customerCount);
    this.codes = new Uint8Array(customerCount);
  }

  get lines(): readonly LimitLine[] {
    return this.day.lines;
  }

  /** The next customer, with what happened to it on the simulated days before. */
  add(customer: number, state: CustomerState, propensities: Propensities): void {
    const contacts = [...state.contacts, ...this.day.world.contactsOf(customer)];
    this.owners[customer] = ownerOf(state);
    this.customer = customer;
    this.scorer.score({ ...state, contacts }, propensities);
    const draw = stableHash(`simulation|${state.customerId}`);
    this.builder.add(draw, this.scorer.passing, this.scorer.scores, this.scorer.count);
    const code = this.scorer.watchedCode;
    this.codes[customer] = code;
    if (!CONTACT_STOPS.has(stopOf(code))) return;
    const last = contacts.findLast(({ strategyId }) => strategyId !== '' && strategyId !== this.day.strategyId);
    if (last !== undefined) this.limitedBy.set(customer, last.strategyId);
  }

  /** The next customer is gone since the sample was drawn. */
  addGone(customer: number): void {
    this.owners[customer] = NO_OWNER;
    this.builder.add(0, NOTHING.passing, NOTHING.scores, 0);
    this.codes[customer] = codeOf('NOT_IN_AUDIENCE');
  }

  /** The strategy whose contact used up a limit that the simulated one then met. */
  limiterOf(customer: number): string | undefined {
    return this.limitedBy.get(customer);
  }

  /** Everybody's owners, each once. */
  get distinctOwners(): Owner[] {
    return [...new Map(this.owners.map((owner) => [JSON.stringify(owner), owner])).values()];
  }

  /** Who gets what, and what each choice is worth. `giveTurn` is awaited between passes over the customers. */
  async finish(
    own: OwnUnits,
    giveTurn: () => Promise<void>,
  ): Promise<{ allocation: Allocation; scores: Float32Array }> {
    const block = this.builder.build();
    const source = { blockCount: 1, read: () => giveTurn().then(() => block) };
    const { table, shortlistPrices } = this;
    const planned = await allocate({
      source,
      table,
      shortlistPrices,
      explorationBasisPoints: 0,
      afterPass: giveTurn,
    });
    const { candidates } = this.day.world;
    const allocation = fitOwners({ block, table, allocation: planned, candidates, owners: this.owners, own });
    return { allocation, scores: chosenScores(block, allocation) };
  }
}

/** Customer → score of what it got. */
function chosenScores({ starts, candidates, scores }: ShortlistBlock, { choices }: Allocation): Float32Array {
  return Float32Array.from(choices, (choice, customer) => {
    const at = choice < 0 ? -1 : candidates.subarray(starts[customer], starts[customer + 1]).indexOf(choice);
    return at < 0 ? 0 : scores[starts[customer]! + at]!;
  });
}

/** Why the strategy does not reach the customer on the day: a rule, or more value elsewhere; code of null when it does. */
export const dayCode = (code: ReasonCode, isReached: boolean): ReasonCode =>
  isReached ? codeOf(null) : code === codeOf(null) ? codeOf('OUTRANKED') : code;
