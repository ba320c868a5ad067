import { Length } from 'class-validator';

/** One customer in one campaign. */
export class MemberInput {
  @Length(1, 64)
  campaignId!: string;

  @Length(1, 64)
  customerId!: string;
}
