import { IsIn, Length, Matches } from 'class-validator';
import { ORG_PATH_PATTERN } from '../domain/org-unit';
import { STAFF_STATES, type StaffState } from './domain/staff-member';

/** As tokens name their subject. */
const SUBJECT_PATTERN = /^[\x21-\x7e]{1,128}$/;

export class StaffIdInput {
  @Matches(SUBJECT_PATTERN)
  staffId!: string;
}

export class PutStaffMemberInput extends StaffIdInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;
}

export class MoveStaffMemberInput extends StaffIdInput {
  @Length(1, 128)
  requestId!: string;

  @IsIn(STAFF_STATES)
  state!: StaffState;

  @Length(1, 200)
  reason!: string;
}
