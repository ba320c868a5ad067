import { IsInt, Length, Max, Min } from 'class-validator';

export class ListThreadInput {
  @Length(0, 128)
  leadId!: string;

  @Length(0, 64)
  customerId!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
