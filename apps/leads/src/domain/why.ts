/** The part of a decision that says why it was made. */
export interface DecisionGrounds {
  momentId: string;
  pushId: string;
  mode: string;
  rank: number;
  isExploration: boolean;
  reason: string;
  channel: string;
  priority?: { propensity: number; contextWeight: number; value: number; lever: number; score: number };
  candidates: { actionId: string; channel: string; isChosen: boolean; reason: string }[];
}

const OTHERS_MAX = 3;

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
const round = (value: number): string => String(Number(value.toPrecision(3)));
const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

/** Why this customer was chosen now, in words, the best reason first. */
export function explain(grounds: DecisionGrounds): string[] {
  const { priority, candidates } = grounds;
  const sentences = [occasion(grounds)];
  if (grounds.isExploration) sentences.push('Chosen at random to learn: the ranking did not choose this customer.');
  if (priority) {
    if (priority.propensity < 1) sentences.push(`Likelihood of success ${percent(priority.propensity)}.`);
    if (priority.value > 0) sentences.push(`Value of a success ${round(priority.value)}.`);
    if (priority.contextWeight !== 1) sentences.push(`Weight of this channel now ${round(priority.contextWeight)}.`);
    if (priority.lever !== 1) sentences.push(`Business lever ${percent(priority.lever)}.`);
    sentences.push(`Priority ${round(priority.score)} = likelihood × channel × value × lever.`);
  }
  const others = candidates.filter(({ isChosen }) => !isChosen).slice(0, OTHERS_MAX);
  for (const other of others)
    sentences.push(`Not chosen: ${other.actionId} over ${words(other.channel)} (${words(other.reason)}).`);
  return sentences;
}

function occasion({ mode, momentId, rank, channel }: DecisionGrounds): string {
  if (momentId !== '') return `A moment of truth: rule ${momentId} was met.`;
  if (mode === 'push')
    return rank > 0 ? `Rank ${rank} of the name list in this campaign.` : 'From the name list of this campaign.';
  return `The next best action when the customer was seen on ${words(channel)}.`;
}
