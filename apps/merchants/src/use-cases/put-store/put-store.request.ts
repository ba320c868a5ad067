import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsInt,
  IsLatitude,
  IsLongitude,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ORG_PATH_PATTERN } from '../../domain/org-unit';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../id-pattern';
import { OpeningInput } from '../../opening-hours.request';

export class StoreInput extends OpeningInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  storeId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(1, 100)
  name!: string;

  @IsLongitude()
  longitude!: number;

  @IsLatitude()
  latitude!: number;

  @IsBoolean()
  isOpen!: boolean;

  @Matches(OPTIONAL_ID_PATTERN)
  circleId!: string;

  /** Empty: its merchant's organisation. */
  @ValidateIf((store: { outletPath: string }) => store.outletPath !== '')
  @Matches(ORG_PATH_PATTERN)
  outletPath!: string;

  @IsInt()
  @Min(0)
  @Max(50_000)
  tillRadiusMeters!: number;
}

export class PutStoreInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => StoreInput)
  store!: StoreInput;
}
