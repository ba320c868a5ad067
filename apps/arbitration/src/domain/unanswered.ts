import type { DecisionRecord } from './decision';

const DAY_MS = 86_400_000;
/** How long an answer may take, from the last word of what came of the message. */
export const ANSWER_DAYS = 30;

/**
 * When a message that reached its customer is taken for one of which nothing more came, so that its model slot learns of silence as of answers: without
 * it a model would hear of those alone who answered. Null for what taught already or teaches nothing, for what nothing was heard of, and for what a person
 * works, whose end is told.
 */
export function unansweredAt({
  queue,
  modelSlot,
  features,
  isTaught,
  outcomes,
}: Pick<DecisionRecord, 'queue' | 'modelSlot' | 'features' | 'isTaught' | 'outcomes'>): Date | null {
  if (queue !== '' || modelSlot === '' || features === null || isTaught) return null;
  const heard = outcomes.filter(({ outcome }) => outcome !== 'released').map(({ at }) => at.getTime());
  return heard.length === 0 ? null : new Date(Math.max(...heard) + ANSWER_DAYS * DAY_MS);
}
