import type { RuleEventContext } from '@tidegate/rules';
import type { ScarceBook } from './scarce-book';
import type { CustomerState } from './customer-state';
import type { Stop } from './reason';
import type { Situation } from './situation';
import type { Candidate } from './strategy';

/** All that one decision is made from. */
export interface DecideInput {
  customer: CustomerState;
  /** Prepared once for each list: the same list must not change. */
  candidates: readonly Candidate[];
  situation: Situation;
  /** Scarce things as this batch sees them; what is chosen is taken from it. */
  book: ScarceBook;
  /** The champion's propensity; asked only of candidates with a model that reach the ranking. */
  propensityOf: (candidate: Candidate) => number;
  /** What stands in for it when nothing personal may rank: how often the action succeeds with anybody; 1 when left out. */
  neutralPropensityOf?: (candidate: Candidate) => number;
  /** Ranks without anything personal, whatever the customer's word about profiling. */
  isNonPersonalised?: boolean;
  /** How many may be chosen. */
  maxActions: number;
  /** Only what is chosen is told: of candidates that cannot win it need not be known why. */
  isBrief?: boolean;
  /** Id of the n-th decision. */
  decisionIdOf: (index: number) => string;
  isListed?: boolean;
  /** Whose the list is; customers of other parts of the organisation are left alone. */
  listOrgPath?: string;
  /** The bank, not the customer, begins: what quiet hours would queue is chosen for later. */
  canQueue?: boolean;
  event?: RuleEventContext;
  /** Moment rule, or what a channel names as its moment, for context weights. */
  moment?: string;
  /** Makes the draws for the exploration share of the best candidate's strategy; without it nothing is explored. */
  randomOf?: () => () => number;
  /** Of a push: whom scarce capacity is kept for. Asked after all rules and before the ranking. */
  gate?: (candidate: Candidate) => Stop | null;
}
