import type { CandidateRecord, LeftCandidates } from './decision';
import { REASONS, type Reason } from './reason';

/** The candidates that the decisions of a push were made from, in their order; the same for all of them. */
export interface CandidateList {
  listId: string;
  strategyId: string;
  strategyVersion: number;
  candidates: readonly { actionId: string; channel: string }[];
}

const KEPT = ' ';
/** Letters are ASCII; a blank comes before all of them. */
const FIRST_CODE = 'A'.charCodeAt(0);
const CODES_MAX = 128;

/** Decisions are stored with these letters: a reason keeps its own for ever, and a new one takes one that none has had. */
const LETTER_OF: Record<Reason, string> = {
  CHOSEN: 'A',
  STRATEGY_NOT_ACTIVE: 'B',
  ORG_OUT_OF_SCOPE: 'C',
  PAST_FACTS_UNKNOWN: 'D',
  NOT_IN_AUDIENCE: 'E',
  NOT_ELIGIBLE: 'F',
  NOT_APPLICABLE: 'G',
  NOT_SUITABLE: 'H',
  CONSENT_MISSING: 'I',
  COMPLAINT_HOLD: 'J',
  STAFFED_ONLY: 'K',
  ELDER_PROTECTED: 'L',
  HOLDOUT_GLOBAL: 'M',
  HOLDOUT_STRATEGY: 'N',
  SUPPRESSED: 'O',
  QUIET_HOURS: 'P',
  BENEFIT_EXHAUSTED: 'Q',
  CONTACT_LIMIT_OVERALL: 'R',
  CONTACT_LIMIT_CHANNEL: 'S',
  CONTACT_LIMIT_GROUP: 'T',
  HUMAN_CHANNEL_BUSY: 'U',
  CAPACITY_EXHAUSTED: 'V',
  QUOTA_EXHAUSTED: 'W',
  PUSH_LIMIT_EXHAUSTED: 'X',
  BUDGET_EXHAUSTED: 'Y',
  OUTRANKED: 'Z',
  PUSH_CANCELLED: 'a',
};
const REASON_OF: ReadonlyMap<string, Reason> = new Map(REASONS.map((reason) => [LETTER_OF[reason], reason]));

/** `kept` are the places of the candidates that are kept whole. */
export function lettersOf(count: number, kept: readonly number[], reasonAt: (place: number) => Reason): string {
  const whole = new Set(kept);
  let letters = '';
  for (let place = 0; place < count; place += 1) letters += whole.has(place) ? KEPT : LETTER_OF[reasonAt(place)];
  return letters;
}

/** How many candidates of a channel are kept by their reason alone. */
export interface LeftCount {
  channel: string;
  countByReason: Record<string, number>;
}

/** The candidates that a record keeps the reason alone of, counted by channel, in the order of the list. */
export function countLeft({ letters }: LeftCandidates, { candidates }: CandidateList): LeftCount[] {
  // Without a map of maps: a push counts two hundred of each of a million members.
  const channels: string[] = [];
  const counts: Int32Array[] = [];
  for (let place = 0; place < candidates.length; place += 1) {
    const code = letters.charCodeAt(place);
    if (!(code >= FIRST_CODE)) continue;
    const { channel } = candidates[place]!;
    let at = channels.indexOf(channel);
    if (at < 0) {
      at = channels.push(channel) - 1;
      counts.push(new Int32Array(CODES_MAX));
    }
    counts[at]![code]! += 1;
  }
  return channels.map((channel, at) => ({ channel, countByReason: byReason(counts[at]!) }));
}

function byReason(counts: Int32Array): Record<string, number> {
  const countByReason: Record<string, number> = {};
  for (const [letter, reason] of REASON_OF) {
    const count = counts[letter.charCodeAt(0)]!;
    if (count > 0) countByReason[reason] = count;
  }
  return countByReason;
}

/** All candidates of a decision in their order: those kept whole as they are, of the others the reason alone. */
export function allCandidates(
  kept: readonly CandidateRecord[],
  { letters }: LeftCandidates,
  { strategyId, strategyVersion, candidates }: CandidateList,
): CandidateRecord[] {
  let next = 0;
  return candidates.flatMap(({ actionId, channel }, place): CandidateRecord[] => {
    const letter = letters[place] ?? KEPT;
    if (letter === KEPT) return kept.slice(next, (next += 1));
    const reason = REASON_OF.get(letter) ?? '';
    const nothing = { isChosen: false, priority: null, shadowPropensity: 0, isExploration: false };
    return [{ strategyId, strategyVersion, actionId, channel, reason, ...nothing }];
  });
}
