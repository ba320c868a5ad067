import { ArrayMaxSize, IsDate, IsIn, IsInt, IsOptional, Length, Matches, Min } from 'class-validator';
import { SCENARIO_KINDS, type ScenarioKind } from '../domain/strategy-map';
import { ID, ID_LENGTH_MAX, OPTIONAL_ID } from './patterns';

export class ScenarioInput {
  @IsIn(SCENARIO_KINDS)
  kind!: ScenarioKind;

  @Length(1, 64)
  name!: string;
}

export class MapCellInput {
  @Matches(ID)
  @Length(1, ID_LENGTH_MAX)
  actionId!: string;

  @Length(1, 32)
  channel!: string;

  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  scriptId!: string;

  @IsInt()
  @Min(0)
  scriptVersion!: number;

  @Length(0, 64)
  benefitStockId!: string;
}

export class QuotaUseInput {
  @Matches(ID)
  @Length(1, ID_LENGTH_MAX)
  quotaId!: string;

  @ArrayMaxSize(100)
  @Length(1, ID_LENGTH_MAX, { each: true })
  actionIds!: string[];

  @ArrayMaxSize(20)
  @Length(1, 32, { each: true })
  channels!: string[];

  @IsInt()
  @Min(0)
  amount!: number;
}

export class EvaluationPlanInput {
  @Length(0, 32)
  successOutcome!: string;

  @IsInt()
  windowDays!: number;

  @IsInt()
  minGroupSize!: number;

  @IsInt()
  expectedLiftBasisPoints!: number;

  @IsOptional()
  @IsDate()
  reviewAt?: Date;
}
