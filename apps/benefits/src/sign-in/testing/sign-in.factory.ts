import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { SignInProgramme, SignInTerms } from '../domain/sign-in-programme';

const reward = (kind: string, points = 0, stockId = '') => ({
  kind,
  points,
  pointsValidMonths: points > 0 ? 12 : 0,
  stockId,
});

/** Five points on the first day, a card on the third, a red packet on the seventh, and again every week. */
export const aSignInProgramme = (
  terms: Partial<SignInTerms> = {},
  definition: Partial<Definition> = {},
): SignInProgramme => ({
  definition: aDefinition({ definitionId: 'daily-sign-in', name: 'Daily sign-in 每日签到', ...definition }),
  terms: {
    timeZone: 'Asia/Shanghai',
    cycleDays: 7,
    streakRewards: [
      { streakDay: 1, reward: reward('points', 5) },
      { streakDay: 3, reward: reward('make_up_card') },
      { streakDay: 7, reward: reward('benefit', 0, 'seventh-day') },
    ],
    cardsPerMonth: 1,
    makeUpDaysMax: 7,
    ...terms,
  },
});
