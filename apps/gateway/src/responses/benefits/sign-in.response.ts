import type * as rpc from '@tidegate/contracts/benefits/v1/sign_in';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';
import { Reward } from './reward.response';

/** What a day of the streak brings. */
export class StreakReward implements rpc.StreakReward {
  @shown.whole('From 1, inside the cycle.') streakDay!: number;
  @shown.part(() => Reward) reward!: Reward | undefined;
}

/** The rules of a programme. */
export class SignInTerms implements rpc.SignInTerms {
  @shown.text('IANA name; a day is the calendar day of it.') timeZone!: string;
  @shown.whole('Rewards start again after so many days; 0 for never.') cycleDays!: number;
  @shown.parts(() => StreakReward) streakRewards!: StreakReward[];
  @shown.whole('Make-up cards that everybody has anew each month.') cardsPerMonth!: number;
  @shown.whole('How many days back a day can be made up; 0 for never.') makeUpDaysMax!: number;
}

/** A sign-in programme 签到. */
export class SignInProgramme implements rpc.SignInProgramme {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => SignInTerms) terms!: SignInTerms | undefined;
}

export class CreateSignInProgrammeResponse implements rpc.CreateSignInProgrammeResponse {
  @shown.part(() => SignInProgramme) programme!: SignInProgramme | undefined;
}

export class MoveSignInProgrammeResponse implements rpc.MoveSignInProgrammeResponse {
  @shown.part(() => SignInProgramme) programme!: SignInProgramme | undefined;
}

export class ListSignInProgrammesResponse implements rpc.ListSignInProgrammesResponse {
  @shown.parts(() => SignInProgramme) programmes!: SignInProgramme[];
  @shown.text() nextPageToken!: string;
}

/** Where a customer stands. */
export class SignInStatus implements rpc.SignInStatus {
  @shown.text() programmeId!: string;
  @shown.text() customerId!: string;
  @shown.text('Today in the programme’s zone, YYYY-MM-DD.') today!: string;
  @shown.flag() isSignedInToday!: boolean;
  @shown.whole('Days in a row up to today, or to yesterday while today is open.') streakDays!: number;
  @shown.whole() longestStreakDays!: number;
  @shown.whole('Make-up cards 补签卡 that can be used now.') makeUpCards!: number;
}

export class SignInResponse implements rpc.SignInResponse {
  @shown.part(() => SignInStatus) status!: SignInStatus | undefined;
  @shown.parts(() => Reward, 'What this brought; granted a moment later.') rewards!: Reward[];
}

export class MakeUpSignInResponse implements rpc.MakeUpSignInResponse {
  @shown.part(() => SignInStatus) status!: SignInStatus | undefined;
  @shown.parts(() => Reward, 'What this brought; granted a moment later.') rewards!: Reward[];
}

export class GetSignInCalendarResponse implements rpc.GetSignInCalendarResponse {
  @shown.part(() => SignInStatus) status!: SignInStatus | undefined;
  @shown.text('YYYY-MM.') month!: string;
  @shown.texts('YYYY-MM-DD.') signedDays!: string[];
  @shown.texts('Of these, the ones that were made up.') madeUpDays!: string[];
  @shown.time() serverTime!: Date | undefined;
}
