import { allocate, type Allocation } from '../../domain/allocation/allocate';
import { ShortlistBuilder } from '../../domain/allocation/shortlist-builder';
import type { ShortlistBlock } from '../../domain/allocation/shortlist-block';
import { NO_OWNER, type Owner } from '../../domain/capacity';
import { ownerOf, type CustomerState } from '../../domain/customer-state';
import { MemberScorer, type Propensities } from '../../domain/member-scorer';
import type { SlotsOf } from '../../domain/promise-times';
import { exhaustedStops, type LimitLine } from '../../domain/push-terms';
import { codeOf, stopOf, type ReasonCode } from '../../domain/reason';
import type { Situation } from '../../domain/situation';
import { stableHash } from '../../domain/stable-hash';
import type { StrategyAction } from '../../domain/strategy';
import { DayDraws } from './day-draws';
import { DayLimits, type DayUses } from './day-limits';
import { fitOwners } from './fit-owners';
import type { MomentCalendar } from './moment-calendar';
import type { OwnUnits } from './own-units';
import { Shortage } from './shortage';
import type { World } from './world';

const NOTHING = { passing: new Uint16Array(0), scores: new Float64Array(0) };
/** Of all candidates: whatever is gone of what is worth most, something is left to get instead. */
const KEPT_MAX = 16;
const CONTACT_STOPS: ReadonlySet<string | null> = new Set([
  'CONTACT_LIMIT_OVERALL',
  'CONTACT_LIMIT_CHANNEL',
  'CONTACT_LIMIT_GROUP',
  'HUMAN_CHANNEL_BUSY',
]);

/** What came of a day of one world. */
export interface DayResult {
  /** Customer → index of its candidate, negative for nothing. */
  choices: Int16Array;
  /** Customer → score of what it got. */
  scores: Float32Array;
  uses: DayUses;
}

/** What a day of one world begins with. */
export interface SimulatedDay {
  world: World;
  /** The strategy that is simulated. */
  strategyId: string;
  lines: readonly LimitLine[];
  situation: Situation;
  /** The day's slots of people's time. */
  slotsOf?: SlotsOf;
  customerCount: number;
  /** Which of the simulated days it is, from 0, and the moments of all of them. */
  index: number;
  moments: MomentCalendar;
}

/** One simulated day of one world: everybody through the rules, then the day's seats and quotas to those who are worth most. */
export class DayRun {
  /** Customer → why none of the simulated strategy's candidates passed; code of null when one did. */
  readonly codes: Uint8Array;
  /** What the simulated strategy's customers could not have; complete when the day is finished. */
  readonly shortage: Shortage;
  private readonly limits: DayLimits;
  /** Candidate → code of the reason why no limit leaves it any room. */
  private readonly full: Uint8Array;
  private readonly scorer: MemberScorer;
  /** The one at hand. */
  private customer = 0;
  private readonly builder: ShortlistBuilder;
  private readonly draws: DayDraws;
  private readonly limitedBy: Map<number, string> = new Map();
  /** Customer → who looks after it. */
  private readonly owners: Owner[] = [];

  constructor(private readonly day: SimulatedDay) {
    const { world, strategyId, lines, situation, slotsOf, customerCount, index, moments } = day;
    const { candidates } = world;
    this.limits = new DayLimits(candidates, lines, customerCount);
    const { table } = this.limits;
    const watched = Uint8Array.from(candidates, ({ strategy }) => (strategy.strategyId === strategyId ? 1 : 0));
    const targeted = new Set(candidates.map(({ action }) => action.modelSlot));
    const isTimely = (action: StrategyAction): boolean =>
      !moments.isPlayed(action) || moments.has(action, this.customer, index);
    const options = { isListed: false, watched, targeted, isTimely, slotsOf };
    const exhausted = exhaustedStops(table);
    this.scorer = new MemberScorer(candidates, exhausted, situation, options);
    this.full = Uint8Array.from(exhausted, codeOf);
    this.shortage = new Shortage(table, watched, customerCount);
    this.builder = new ShortlistBuilder(table, new Float64Array(candidates.length), KEPT_MAX, customerCount);
    this.draws = new DayDraws(candidates, index);
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
    const { passing, scores, count, watchedCode: code, watchedFurthest } = this.scorer;
    this.builder.add(draw, passing, scores, count);
    this.draws.add(customer, state.customerId, this.scorer);
    this.shortage.add(draw, this.scorer, this.full[watchedFurthest] === code);
    this.codes[customer] = code;
    if (!CONTACT_STOPS.has(stopOf(code))) return;
    const last = contacts.findLast(({ strategyId }) => strategyId !== '' && strategyId !== this.day.strategyId);
    if (last !== undefined) this.limitedBy.set(customer, last.strategyId);
  }

  /** The next customer is gone since the sample was drawn. */
  addGone(customer: number): void {
    this.owners[customer] = NO_OWNER;
    this.builder.add(0, NOTHING.passing, NOTHING.scores, 0);
    this.shortage.addGone();
    this.codes[customer] = codeOf('NOT_IN_AUDIENCE');
  }

  /** The strategy whose contact used up a limit that the simulated one then met. */
  limiterOf(customer: number): string | undefined {
    return this.limitedBy.get(customer);
  }

  /** Of a finished day: why the strategy does not reach the customer; code of null when it does. */
  reasonOf(customer: number): ReasonCode {
    return this.codes[customer] || this.shortage.lostCode(customer);
  }

  /** Everybody's owners, each once. */
  get distinctOwners(): Owner[] {
    return [...new Map(this.owners.map((owner) => [JSON.stringify(owner), owner])).values()];
  }

  /** Who gets what, and what each choice is worth. `keepAlive` is awaited between passes over the customers. */
  async finish(own: OwnUnits, keepAlive: () => Promise<void>): Promise<DayResult> {
    const block = this.builder.build();
    const source = { blockCount: 1, read: () => keepAlive().then(() => block) };
    const { table } = this.limits;
    const planned = await allocate({
      source,
      table,
      shortlistPrices: new Float64Array(table.limits.length),
      // Of each strategy its own share is drawn below.
      explorationBasisPoints: 0,
      afterPass: keepAlive,
    });
    const { candidates } = this.day.world;
    const drawn = this.draws.apply(planned, table);
    const allocation = fitOwners({ block, table, allocation: drawn, candidates, owners: this.owners, own });
    const { choices } = allocation;
    const scores = chosenScores(block, allocation, this.draws);
    this.shortage.close(allocation, scores);
    return { choices, scores, uses: this.limits.usesOf(choices) };
  }
}

/** Customer → score of what it got. */
function chosenScores(
  { starts, candidates, scores }: ShortlistBlock,
  { choices }: Allocation,
  draws: DayDraws,
): Float32Array {
  return Float32Array.from(choices, (choice, customer) => {
    const at = choice < 0 ? -1 : candidates.subarray(starts[customer], starts[customer + 1]).indexOf(choice);
    if (at < 0) return draws.scoreOf(customer, choice) ?? 0;
    return scores[starts[customer]! + at]!;
  });
}
