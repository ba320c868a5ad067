import type { Contact } from '../../domain/customer-state';
import { candidatesOf, isHuman, type Candidate, type Strategy, type StrategyAction } from '../../domain/strategy';
import type { PlayedRule } from './moment-plan';

export const NOBODY = -1;

/**
 * The strategies of a simulated bank with what they would do: for each day the candidate that each customer gets. Actions that wait for a
 * moment are offered on the days of their moments; those whose moments are not played are left out.
 */
export class World {
  readonly candidates: readonly Candidate[];
  /** Day → customer → index of the candidate, or NOBODY. */
  readonly days: Int16Array[] = [];
  /** When each day was decided. */
  readonly moments: Date[] = [];

  constructor(
    readonly strategies: readonly Strategy[],
    private readonly played: ReadonlySet<StrategyAction>,
  ) {
    const channels = new Set(
      strategies.flatMap(({ actions }) =>
        actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel)),
      ),
    );
    this.candidates = strategies.flatMap((strategy) =>
      candidatesOf(strategy, { channels }).filter(({ action }) => !isWaiting(strategy, action) || played.has(action)),
    );
  }

  /** Actions that are left out because the moment that they wait for is not played. */
  get notPlayed(): { strategyId: string; actionId: string }[] {
    return this.strategies.flatMap((strategy) =>
      strategy.actions
        .filter((action) => isWaiting(strategy, action) && !this.played.has(action))
        .map(({ actionId }) => ({ strategyId: strategy.strategyId, actionId })),
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

const isWaiting = ({ momentActionIds }: Strategy, { actionId }: StrategyAction): boolean =>
  momentActionIds.has(actionId);

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
export function worldsOf(
  live: readonly Strategy[],
  draft: Strategy,
  rules: readonly PlayedRule[],
): { live: World; draft: World } {
  const played = new Set(rules.flatMap(({ actions }) => actions));
  const others = live.filter(({ strategyId }) => strategyId !== draft.strategyId);
  return { live: new World(live, played), draft: new World([...others, draft], played) };
}
