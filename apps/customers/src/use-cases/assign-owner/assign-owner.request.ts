import { Length, Matches, ValidateIf } from 'class-validator';
import { OWNER_IDS } from '../../domain/owner';

export class AssignOwnerInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  /** Empty for nobody. */
  @ValidateIf((_input, ownerId) => ownerId !== '')
  @Matches(OWNER_IDS.ownerId)
  ownerId!: string;

  /** Empty for none. */
  @ValidateIf((_input, teamId) => teamId !== '')
  @Matches(OWNER_IDS.teamId)
  teamId!: string;
}
