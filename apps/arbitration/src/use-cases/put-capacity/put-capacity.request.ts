import { IsInt, Length, Matches, Max, Min } from 'class-validator';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export class PutCapacityInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(NAME)
  queue!: string;

  /** A day (2026-03-02), an ISO week (2026-W10), any name that pushes use, or "default": what each new day of a queue without shifts begins with. */
  @Matches(NAME)
  slot!: string;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  units!: number;
}
