import { isHumanChannel } from '../channel';
import type { StrategyTemplate, TemplateTreatment } from './template';

/** The channels on which people speak in a template. */
export const peoplesChannels = ({ actions }: Pick<StrategyTemplate, 'actions'>): Set<string> =>
  new Set(actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel)).filter(isHumanChannel));

/** A template that people of one channel work: theirs stay where an action has any, without those of other people. */
export function workedOn(template: StrategyTemplate, queueChannel: string): StrategyTemplate {
  const actions = template.actions.map((action) => ({
    ...action,
    treatments: ofQueue(action.treatments, queueChannel),
  }));
  const left = peoplesChannels({ actions });
  const channels = template.channels.filter((channel) => !isHumanChannel(channel) || left.has(channel));
  return { ...template, actions, channels };
}

const ofQueue = (treatments: TemplateTreatment[], queueChannel: string): TemplateTreatment[] =>
  treatments.some(({ channel }) => channel === queueChannel)
    ? treatments.filter(({ channel }) => !isHumanChannel(channel) || channel === queueChannel)
    : treatments;
