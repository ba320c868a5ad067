import { Type } from 'class-transformer';
import { IsDefined, IsBoolean, IsLatitude, IsLongitude, Length, Matches, ValidateNested } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../id-pattern';

export class StoreInput {
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
}

export class PutStoreInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => StoreInput)
  store!: StoreInput;
}
