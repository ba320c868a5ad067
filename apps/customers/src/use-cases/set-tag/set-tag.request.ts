import { IsBoolean, IsDate, IsIn, IsOptional, Length } from 'class-validator';
import { TAG_SOURCES, type TagSource } from '../../domain/tag';

export class SetTagInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 100)
  tag!: string;

  @Length(0, 200)
  value!: string;

  /** Empty for expert: somebody who knows the customer. */
  @IsIn(['', ...TAG_SOURCES])
  source!: TagSource | '';

  @IsOptional()
  @IsDate()
  validUntil?: Date;

  @IsBoolean()
  isRemoved!: boolean;
}
