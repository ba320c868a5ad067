import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { MOMENT_KINDS, type MomentKind } from '../domain/moment-rule';
import { EvaluationPlanInput, MapCellInput, QuotaUseInput, ScenarioInput } from './strategy-map.request';
import { ID, ID_LENGTH_MAX, OPTIONAL_ID, OPTIONAL_ORG_PATH } from './patterns';

const ACTIONS_MAX = 100;
const MOMENT_RULES_MAX = 50;

export class MomentRuleInput {
  @Matches(ID)
  @Length(1, ID_LENGTH_MAX)
  ruleId!: string;

  @IsIn(MOMENT_KINDS)
  kind!: MomentKind;

  @Length(0, 128)
  factType!: string;

  @IsOptional()
  @IsObject()
  condition?: Record<string, unknown>;

  @Length(0, 100)
  dateField!: string;

  @IsInt()
  offsetDays!: number;

  @IsBoolean()
  isYearly!: boolean;

  @ArrayMaxSize(ACTIONS_MAX)
  @Length(1, ID_LENGTH_MAX, { each: true })
  actionIds!: string[];

  @IsInt()
  cooldownDays!: number;

  @IsInt()
  maxAgeSeconds!: number;
}

/** A draft may be incomplete or out of range: what keeps it from review is told as a whole when it is submitted. */
export class StrategyInput {
  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  strategyId!: string;

  @IsInt()
  @Min(0)
  version!: number;

  @Length(0, 100)
  name!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @Length(0, ID_LENGTH_MAX)
  segmentId!: string;

  @ArrayMaxSize(ACTIONS_MAX)
  @Length(1, ID_LENGTH_MAX, { each: true })
  actionIds!: string[];

  @ArrayMaxSize(20)
  @Length(1, 32, { each: true })
  channels!: string[];

  @ArrayMaxSize(MOMENT_RULES_MAX)
  @ValidateNested({ each: true })
  @Type(() => MomentRuleInput)
  momentRules!: MomentRuleInput[];

  @IsInt()
  holdoutBasisPoints!: number;

  @IsInt()
  explorationBasisPoints!: number;

  @IsOptional()
  @IsDate()
  startsAt?: Date;

  @IsOptional()
  @IsDate()
  endsAt?: Date;

  @IsInt()
  quota!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => ScenarioInput)
  scenario?: ScenarioInput;

  @Length(0, 64)
  productId!: string;

  @ArrayMaxSize(400)
  @ValidateNested({ each: true })
  @Type(() => MapCellInput)
  cells!: MapCellInput[];

  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => QuotaUseInput)
  quotaUses!: QuotaUseInput[];

  @IsOptional()
  @ValidateNested()
  @Type(() => EvaluationPlanInput)
  evaluationPlan?: EvaluationPlanInput;
}
