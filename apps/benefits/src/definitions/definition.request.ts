import { Type } from 'class-transformer';
import { IsDate, IsDefined, IsIn, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { DEFINITION_MOVES, type DefinitionMove } from './domain/definition';

/** What whoever makes a definition says of it beside its terms. */
export class DefinitionInput {
  /** Empty: the platform gives one. */
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
  @Length(0, 64)
  definitionId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @IsDate()
  validFrom!: Date;

  @IsDate()
  validTo!: Date;
}

/** What is defined: who says so beside its terms. */
export class DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => DefinitionInput)
  definition!: DefinitionInput;
}

export class MoveDefinitionInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  definitionId!: string;

  @IsIn(DEFINITION_MOVES)
  move!: DefinitionMove;
}

export class PageInput {
  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}

export class CustomerPageInput extends PageInput {
  @Length(1, 64)
  customerId!: string;
}
