import { DomainError } from '@tidegate/errors';
import type { Rule } from '@tidegate/rules';
import { templateFaults } from '@tidegate/templates';
import { withAuthor, type Author } from './authorship';
import { isHumanChannel, isOverheardChannel } from './channel';
import { throwUnknownVariables, type TextFault } from './script';

/** The bounds that arbitration ranks within: what is put is what counts. */
export const LEVER_PERCENT_MAX = 1_000;
export const CONTEXT_WEIGHT_MAX = 100;
const LEVER_NEUTRAL = 100;

/** What is said on one channel. */
export interface Treatment {
  channel: string;
  title: string;
  body: string;
  scriptId: string;
  queue: string;
  benefitStockId: string;
  /** Weight of the context, at most 100; 0 reads as 1. */
  contextWeight: number;
}

/** An offer of the catalogue: issue > group > action > treatments. */
export interface ActionDraft {
  actionId: string;
  name: string;
  issue: string;
  group: string;
  treatments: Treatment[];
  /** Value of one success, minor units of `currency`. */
  valueMinor: number;
  currency: string;
  /** 1..1000; 100 is neutral. An action given 0 is kept as neutral. */
  leverPercent: number;
  /** Unset rules hold for everybody. */
  eligibility: Rule | null;
  applicability: Rule | null;
  suitability: Rule | null;
  modelSlot: string;
  purpose: string;
  orgPath: string;
}

export interface Action extends ActionDraft {
  /** Grows with every replacement. */
  version: number;
  authors: Author[];
}

/**
 * The next version of an action.
 * @param expectedVersion the version that was read, or 0 for whichever there is
 * @throws SCRIPT_VARIABLE_UNKNOWN when a treatment's text names a variable that there is not; at a merchant's till there is none of the customer
 * @throws VERSION_CONFLICT when somebody replaced it since it was read
 */
export function writeAction(
  current: Action | null,
  draft: ActionDraft,
  expectedVersion: number,
  actorId: string,
): Action {
  throwUnknownVariables(draft.treatments.flatMap(treatmentFaults));
  const { version = 0, authors = [] } = current ?? {};
  if (current !== null && expectedVersion > 0 && expectedVersion !== version) {
    throw new DomainError({
      code: 'ABORTED',
      reason: 'VERSION_CONFLICT',
      message: 'The action was changed by somebody else since it was read.',
      metadata: { version: String(version) },
    });
  }
  return {
    ...draft,
    leverPercent: draft.leverPercent || LEVER_NEUTRAL,
    version: version + 1,
    authors: withAuthor(authors, actorId, version + 1),
  };
}

/** The scripts that the treatments name, each once. */
export const scriptIdsOf = (action: Pick<Action, 'treatments'>): string[] => [
  ...new Set(action.treatments.map((treatment) => treatment.scriptId).filter((id) => id !== '')),
];

function treatmentFaults(treatment: Treatment, index: number): TextFault[] {
  const hasAgent = isHumanChannel(treatment.channel);
  const hasCustomer = !isOverheardChannel(treatment.channel);
  return (['title', 'body'] as const).flatMap((part) =>
    templateFaults(treatment[part], { hasCustomer, hasAgent, hasFact: true }).map((fault) => ({
      ...fault,
      field: `action.treatments.${index}.${part}`,
    })),
  );
}
