import type { CandidatePlan } from './candidate-plan';
import type { CustomerFacts, PastSeries } from './customer-state';
import { measured } from './past-facts';
import { knownSeries } from './rule-subject';

/**
 * What the rules of the candidates could read of the customer at that moment, and nothing more of the profile, with what the channel or the
 * moment knew: enough to follow each reason code later, when the profile has gone on.
 */
export function decisionInputs(
  plan: CandidatePlan,
  facts: CustomerFacts,
  fact: Readonly<Record<string, unknown>>,
  { past, now }: { past: PastSeries; now: Date },
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const name of plan.attributesRead) {
    const value = facts.attributes[name];
    if (value !== undefined && value !== null) attributes[name] = value;
  }
  const tags = facts.tags.filter(({ tag }) => plan.tagsRead.includes(tag)).map(({ tag, value }) => ({ tag, value }));
  const { stage, orgPath, birthDate, rfm, hasComplaintHold } = facts;
  const hasFact = Object.keys(fact).length > 0;
  const counted = plan.counted.map((measure) => measured(measure, knownSeries(past), now.getTime()));
  return {
    stage,
    orgPath,
    birthDate,
    rfm,
    hasComplaintHold,
    attributes,
    tags,
    ...(hasFact && { event: fact }),
    ...(counted.length > 0 && { counted }),
  };
}
