import { count, percent } from '../format';
import type { Markup } from '../markup';
import type { StoryFacts } from '../story-facts';
import { note, section, table } from './section';

export function effectSection({ effect }: StoryFacts): Markup {
  const lift = effect.hasLift
    ? `${percent(effect.lift, 2)} (95 % interval ${percent(effect.ciLow, 2)} to ${percent(effect.ciHigh, 2)})`
    : 'the data cannot show one';
  return section(
    'Effect against the holdout',
    '策略后评估 · 对照组',
    'A part of the audience was kept without contact, drawn once by a hash of the customer.',
    [
      table(
        ['', ''],
        [
          ['Treated 实验组', count(effect.treated)],
          ['Control 对照组', count(effect.control)],
          ['Planned share of control', percent(effect.plannedControlShare, 2)],
          ['Sample-ratio check, p', effect.sampleRatioP.toFixed(3)],
          ['Lift 提升', lift],
        ],
      ),
      note(effect.explanation),
      ...(effect.hasLift ? [] : [note(NO_LIFT)]),
    ],
  );
}

/** Why no lift is shown, in words that the console prints as well. */
export const NO_LIFT =
  'The file tells what came of calls that were made. What a customer would have done without a call is in no line of it, so the ' +
  'control group has no outcomes, and none were made up.';
