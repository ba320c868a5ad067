import { Type } from 'class-transformer';
import { IsBoolean, IsDate, IsDefined, IsNumber, Length, Max, Min, ValidateNested } from 'class-validator';

export class HuntPositionInput {
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;

  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  @IsNumber()
  @Min(0)
  @Max(100_000)
  accuracyMetres!: number;

  @IsDate()
  measuredAt!: Date;

  @IsBoolean()
  isMocked!: boolean;
}

export class ClaimHuntPointInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  huntId!: string;

  @Length(1, 64)
  pointId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 256)
  challenge!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => HuntPositionInput)
  position!: HuntPositionInput;
}
