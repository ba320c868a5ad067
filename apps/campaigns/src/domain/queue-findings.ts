import { isOfOneLine } from '@tidegate/org-path';
import type { Action, Treatment } from './action';
import { isWorkedChannel } from './channel';
import type { Findings } from './finding';
import type { StrategyParts } from './strategy-parts';

const namesQueue = ({ channel, queue }: Treatment): boolean => isWorkedChannel(channel) && queue !== '';

/** The queues of `leads` that the treatments name. */
export const queuesNamed = (actions: readonly Action[]): string[] =>
  actions.flatMap(({ treatments }) => treatments.filter(namesQueue).map(({ queue }) => queue));

/** A queue that nobody set up, of another line of the organisation, or of another channel than is decided: nobody would work it so. */
export function findQueueFaults(
  treatment: Treatment,
  at: string,
  orgPath: string,
  { queues }: Pick<StrategyParts, 'queues'>,
  findings: Findings,
): void {
  if (!namesQueue(treatment)) return;
  const { queue } = treatment;
  const found = queues.get(queue);
  if (found === undefined) findings.add(at, 'QUEUE_UNKNOWN', `There is no queue ${queue}.`);
  else {
    const isForeign = !isOfOneLine(found.orgPath, orgPath);
    findings.when(isForeign, at, 'QUEUE_OUT_OF_SCOPE', `Queue ${queue} belongs to another organisation.`);
    const isElsewhere = found.channel !== treatment.channel;
    const text = `Queue ${queue} is worked on ${found.channel}, not on ${treatment.channel}.`;
    findings.when(isElsewhere, at, 'QUEUE_OF_OTHER_CHANNEL', text);
  }
}
