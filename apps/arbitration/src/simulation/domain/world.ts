import type { Contact } from '../../domain/customer-state';
import { isHuman, pullCandidatesOf, type Candidate, type Strategy } from '../../domain/strategy';

export const NOBODY = -1;

/**
 * The strategies of a simulated bank with what they would do: for each day the candidate that each customer gets. Actions that wait for a
 * moment are left out, as nobody knows the moments to come.
 */
export class World {
  readonly candidates: readonly Candidate[];
  /** Day → customer → index of the candidate, or NOBODY. */
  readonly days: Int16Array[] = [];
  /** When each day was decided. */
  readonly moments: Date[] = [];

  constructor(readonly strategies: readonly Strategy[]) {
    const channels = new Set(
      strategies.flatMap(({ actions }) =>
        actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel)),
      ),
    );
    this.candidates = strategies.flatMap((strategy) => pullCandidatesOf(strategy, channels));
  }

  /** Actions that are left out because they wait for a moment. */
  get waitingActions(): { strategyId: string; actionId: string }[] {
    return this.strategies.flatMap(({ strategyId, actions, momentActionIds }) =>
      actions.filter(({ actionId }) => momentActionIds.has(actionId)).map(({ actionId }) => ({ strategyId, actionId })),
    );
  }

  addDay(moment: Date, choices: Int16Array): void {
    this.moments.push(moment);
    this.days.push(choices);
  }

  /** The candidate that a customer gets on a day. */
  chosen(day: number, customer: number): Candidate | undefined {
    return this.candidates[this.days[day]?.[customer] ?? NOBODY];
  }

  /** Simulated contacts of a customer, on all days so far. Each takes place, and what came of it is not known. */
  contactsOf(customer: number): Contact[] {
    return this.days.flatMap((_, day) => {
      const candidate = this.chosen(day, customer);
      return candidate === undefined ? [] : [contactOf(candidate, this.moments[day] ?? new Date(0))];
    });
  }
}

const contactOf = ({ strategy, action, treatment }: Candidate, at: Date): Contact => ({
  decisionId: '',
  strategyId: strategy.strategyId,
  actionId: action.actionId,
  channel: treatment.channel,
  group: action.group,
  purpose: action.purpose,
  at,
  isCommitted: true,
  expiresAt: at,
  isHuman: isHuman(treatment),
  isOpen: false,
});

/** The live strategies, and the same with the draft in the place of its own live version. */
export const worldsOf = (live: readonly Strategy[], draft: Strategy): { live: World; draft: World } => ({
  live: new World(live),
  draft: new World([...live.filter(({ strategyId }) => strategyId !== draft.strategyId), draft]),
});
