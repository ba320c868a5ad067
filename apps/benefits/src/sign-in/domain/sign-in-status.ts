import { cardsLeft, isSigned, streakDays, type SignInRecord } from './sign-in-record';
import type { SignInTerms } from './sign-in-programme';

/** Where a customer stands. */
export interface SignInStatus {
  programmeId: string;
  customerId: string;
  today: string;
  isSignedInToday: boolean;
  streakDays: number;
  longestStreakDays: number;
  makeUpCards: number;
}

export const statusOf = (record: SignInRecord, terms: SignInTerms, today: string): SignInStatus => ({
  programmeId: record.programmeId,
  customerId: record.customerId,
  today,
  isSignedInToday: isSigned(record, today),
  streakDays: streakDays(record, today),
  longestStreakDays: record.longestStreakDays,
  makeUpCards: cardsLeft(record, terms, today),
});
