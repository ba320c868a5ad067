import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsIn, Length, Matches, ValidateNested } from 'class-validator';
import { DELIMITERS } from '@tidegate/imports';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { CONSENT_CHANNELS } from '../../domain/consent';

const ORG_PATH = /^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/;

export class ColumnMappingInput {
  @Length(0, 200)
  column!: string;

  @Length(0, 100)
  target!: string;

  @Length(0, 20)
  type!: string;

  @Length(0, 50)
  prefix!: string;

  @IsBoolean()
  isRequired!: boolean;
}

export class ConsentGrantInput {
  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  purpose!: string;

  @IsIn(CONSENT_CHANNELS)
  channel!: string;
}

export class StartImportInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 200)
  fileName!: string;

  /** Checked as a whole by the domain. */
  @ArrayMinSize(1)
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => ColumnMappingInput)
  mapping!: ColumnMappingInput[];

  /** Empty for a comma. */
  @IsIn(DELIMITERS)
  delimiter!: string;

  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ConsentGrantInput)
  consents!: ConsentGrantInput[];

  @Length(1, ORG_PATH_LENGTH_MAX)
  @Matches(ORG_PATH)
  defaultOrgPath!: string;

  @ArrayMaxSize(20)
  @Length(1, 100, { each: true })
  tags!: string[];
}
