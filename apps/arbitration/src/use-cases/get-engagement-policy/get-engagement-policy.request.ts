import { IsIn, Length } from 'class-validator';
import { ENGAGEMENT_SCOPES } from '../../domain/engagement-policy';
import type { EngagementScope } from '../../domain/engagement';

export class GetEngagementPolicyInput {
  @IsIn(ENGAGEMENT_SCOPES)
  scope!: EngagementScope;

  @Length(1, 64)
  key!: string;
}
