import { IsInt, Length, Min } from 'class-validator';

export class RenderScriptInput {
  @Length(1, 64)
  scriptId!: string;

  /** 0 for the newest. */
  @IsInt()
  @Min(0)
  version!: number;

  @Length(1, 64)
  customerId!: string;

  /** Empty for the caller's id. */
  @Length(0, 100)
  agentName!: string;
}
