import type * as rpc from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { shown } from '../../http/shown';
import { Action } from './action.response';
import { Script } from './script.response';
import { Scenario } from './strategy-map.response';
import { Strategy } from './strategy.response';

export class StrategyFinding implements rpc.StrategyFinding {
  @shown.text('Path in the strategy.') field!: string;
  @shown.text('Stable, e.g. SEGMENT_EMPTY, BENEFIT_ENDS_BEFORE_STRATEGY, COPY_FORBIDDEN_PROMISE.') code!: string;
  @shown.text() text!: string;
  @shown.flag('True when it keeps the strategy from review.') isBlocking!: boolean;
}

export class CheckStrategyResponse implements rpc.CheckStrategyResponse {
  @shown.whole('The version that was checked.') version!: number;
  @shown.parts(() => StrategyFinding) findings!: StrategyFinding[];
  @shown.whole('Customers that the segment selects now; 0 without a segment.') audienceCount!: number;
  @shown.flag('True when nothing keeps it from review.') isReady!: boolean;
}

export class ListStrategyVersionsResponse implements rpc.ListStrategyVersionsResponse {
  @shown.parts(() => Strategy) versions!: Strategy[];
  @shown.text() nextPageToken!: string;
}

/** One difference in words. */
export class StrategyDifference implements rpc.StrategyDifference {
  @shown.text('Path, e.g. channels, actions.deposit.treatments.sms.body.') field!: string;
  @shown.text('added, removed, changed, moved.') kind!: string;
  @shown.text() before!: string;
  @shown.text() after!: string;
  @shown.text('The difference as one sentence.') text!: string;
}

export class DiffStrategyVersionsResponse implements rpc.DiffStrategyVersionsResponse {
  @shown.whole() fromVersion!: number;
  @shown.whole() toVersion!: number;
  @shown.parts(() => StrategyDifference) differences!: StrategyDifference[];
}

export class RollBackStrategyResponse implements rpc.RollBackStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

/** A ready pattern of work 标准作业模式. */
export class StrategyTemplate implements rpc.StrategyTemplate {
  @shown.text() templateId!: string;
  @shown.text() name!: string;
  @shown.text('The business idea behind it.') idea!: string;
  @shown.part(() => Scenario) scenario!: Scenario | undefined;
  @shown.texts() channels!: string[];
  @shown.flag('Whether a queue of people must be named.') needsQueue!: boolean;
  @shown.texts('Customer attributes and facts that it relies on.') needs!: string[];
  @shown.texts() actionNames!: string[];
}

export class ListStrategyTemplatesResponse implements rpc.ListStrategyTemplatesResponse {
  @shown.parts(() => StrategyTemplate) templates!: StrategyTemplate[];
}

export class DraftFromTemplateResponse implements rpc.DraftFromTemplateResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
  @shown.parts(() => Action) actions!: Action[];
  @shown.parts(() => Script) scripts!: Script[];
  @shown.text('Empty when the strategy is for whoever its moments find.') segmentId!: string;
}
