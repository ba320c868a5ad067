import { Type } from 'class-transformer';
import { IsDefined, IsIn, Length, Matches, ValidateNested } from 'class-validator';
import { ORG_KINDS, ORG_PATH_PATTERN, type OrgKind } from '../../domain/org-unit';

export class OrgUnitInput {
  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;

  @Length(1, 100)
  name!: string;

  /** Empty: follows from the depth of the path. */
  @IsIn(['', ...ORG_KINDS])
  kind!: OrgKind | '';
}

export class PutOrgUnitInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => OrgUnitInput)
  orgUnit!: OrgUnitInput;
}
