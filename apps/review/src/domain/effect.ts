import { newcombeInterval, rateOf, type Proportion } from './proportions';
import { sampleRatioP } from './sample-ratio';

/**
 * Reasons that stop a candidate before the draw between treatment and control. Such a customer is in neither group. Everybody
 * past the draw is, chosen or not: leaving out those whom a limit or a better action stopped would compare unlike customers.
 * Source: intention to treat; R. Kohavi, D. Tang, Y. Xu, Trustworthy Online Controlled Experiments (2020), chapters 20 and 21.
 */
export const REASONS_BEFORE_DRAW = [
  'STRATEGY_NOT_ACTIVE',
  'ORG_OUT_OF_SCOPE',
  'PAST_FACTS_UNKNOWN',
  'NOT_IN_AUDIENCE',
  'NOT_ELIGIBLE',
  'NOT_APPLICABLE',
  'NOT_SUITABLE',
  'CONSENT_MISSING',
  'COMPLAINT_HOLD',
  'STAFFED_ONLY',
  'ELDER_PROTECTED',
  'HOLDOUT_GLOBAL',
] as const;

/** The reason that puts a customer in a strategy's control group. */
export const REASON_OF_CONTROL = 'HOLDOUT_STRATEGY';

/** Outcomes that say nothing about whether the customer acted: with these alone his outcome is unknown. */
export const OUTCOMES_UNANSWERED = ['shown', 'released'] as const;

/** Below this the groups do not look drawn as planned and an effect is not to be trusted. */
export const SAMPLE_RATIO_ALARM_P = 0.001;

/** One group of a strategy's test; customers count once. */
export interface GroupCount extends Proportion {
  /** Customers with any outcome since they were drawn. */
  knownCount: number;
}

export interface EffectInput {
  treated: GroupCount;
  control: GroupCount;
  plannedControlShare: number;
  /** The outcome that counts as success. */
  outcome: string;
}

export interface Effect {
  hasLift: boolean;
  absoluteLift: number;
  ciLow: number;
  ciHigh: number;
  /** Absolute lift over the control's rate; 0 when nobody in the control group succeeded. */
  relativeLift: number;
  sampleRatioP: number;
  explanation: string;
}

/** Compares treated with control, or says plainly why the facts cannot show an effect. Unknown outcomes count as no success. */
export function effectOf(input: EffectInput): Effect {
  const { treated, control, plannedControlShare } = input;
  const ratioP = sampleRatioP(treated.count, control.count, plannedControlShare);
  const obstacle = obstacleOf(input);
  if (obstacle) {
    const nothing = { hasLift: false, absoluteLift: 0, ciLow: 0, ciHigh: 0, relativeLift: 0 };
    return { ...nothing, sampleRatioP: ratioP, explanation: obstacle };
  }
  const interval = newcombeInterval(treated, control);
  const absoluteLift = rateOf(treated) - rateOf(control);
  const controlRate = rateOf(control);
  return {
    hasLift: true,
    absoluteLift,
    ciLow: interval.low,
    ciHigh: interval.high,
    relativeLift: controlRate === 0 ? 0 : absoluteLift / controlRate,
    sampleRatioP: ratioP,
    explanation: explain(input, interval, ratioP),
  };
}

function obstacleOf({ treated, control, plannedControlShare, outcome }: EffectInput): string | undefined {
  if (treated.count === 0) return 'Nobody was drawn into treatment yet, so there is nothing to compare.';
  if (control.count === 0) {
    const plan = plannedControlShare === 0 ? ' The strategy keeps no control group.' : '';
    return `Nobody was drawn into the control group.${plan} Without one an effect cannot be told from what would have come anyway.`;
  }
  if (control.knownCount === 0) {
    return (
      `None of the ${control.count} control customers has a recorded outcome: nobody contacted them and no fact tells what ` +
      `they did. A lift of "${outcome}" cannot be shown until facts of type campaign-outcome tell it.`
    );
  }
  return undefined;
}

function explain({ treated, control, outcome }: EffectInput, interval: { low: number; high: number }, ratioP: number) {
  const verdict =
    interval.low > 0
      ? 'more often than'
      : interval.high < 0
        ? 'less often than'
        : 'not detectably more or less often than';
  const alarm =
    ratioP < SAMPLE_RATIO_ALARM_P
      ? ' Warning: the group sizes do not fit the planned split, so this effect must not be trusted before the cause is found.'
      : '';
  return (
    `Treated customers reached "${outcome}" ${verdict} control customers (95 % interval). Outcomes are known of ` +
    `${treated.knownCount} of ${treated.count} treated and ${control.knownCount} of ${control.count} control customers; ` +
    `unknown counts as none.${alarm}`
  );
}
