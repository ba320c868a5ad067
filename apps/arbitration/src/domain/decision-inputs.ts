import type { CandidatePlan } from './candidate-plan';
import { consentWord, hasComplaintHold, PROFILING } from './consent';
import type { KnownCustomer } from './customer-state';
import { readsOf, type DecisionReads } from './decision-reads';
import { measured } from './past-facts';
import { knownSeries } from './rule-subject';
import type { Situation } from './situation';

/**
 * What the rules of the candidates could read of the customer at that moment, and nothing more of the profile, with what the channel or the
 * moment knew: enough to follow each reason code later, when the profile has gone on.
 */
export function decisionInputs(
  plan: CandidatePlan,
  customer: KnownCustomer,
  fact: Readonly<Record<string, unknown>>,
  { policy, now, levels }: Pick<Situation, 'policy' | 'now' | 'levels'>,
): Record<string, unknown> {
  const { facts, past } = customer;
  const reads = readsOf(plan, levels);
  const attributes: Record<string, unknown> = {};
  for (const name of reads.attributes) {
    const value = facts.attributes[name];
    if (value !== undefined && value !== null) attributes[name] = value;
  }
  const tags = facts.tags
    .filter(({ tag }) => reads.tags.has(tag) || tag === policy.staffedTag)
    .map(({ tag, value }) => ({ tag, value }));
  const { stage, orgPath, birthDate, rfm } = facts;
  const hasFact = Object.keys(fact).length > 0;
  const counted = reads.counted.map((measure) => measured(measure, knownSeries(past), now.getTime()));
  return {
    stage,
    orgPath,
    birthDate,
    rfm,
    hasComplaintHold: hasComplaintHold(customer),
    consents: consentsRead(customer, plan, reads),
    attributes,
    tags,
    ...(hasFact && { event: fact }),
    ...(counted.length > 0 && { counted }),
  };
}

/** The customer's words that hold, by purpose and channel; none where he said nothing. */
function consentsRead(
  customer: KnownCustomer,
  { channels }: CandidatePlan,
  { consents }: DecisionReads,
): Record<string, Record<string, boolean>> {
  const words: Record<string, Record<string, boolean>> = {};
  for (const [purpose, asked] of [...consents, [PROFILING, channels] as const]) {
    for (const channel of asked) {
      const word = consentWord(customer, purpose, channel);
      if (word !== null) (words[purpose] ??= {})[channel] = word;
    }
  }
  return words;
}
