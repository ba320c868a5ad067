import { Matches, ValidateIf } from 'class-validator';
import { ORG_PATH_PATTERN } from '../../domain/org-unit';
import { PageInput } from '../../page.request';

export class ListOrgUnitsInput extends PageInput {
  /** Empty: the caller's whole organisation. */
  @ValidateIf((input: ListOrgUnitsInput) => input.orgPath !== '')
  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;
}
