import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';
import { Strategy } from './strategy.response';

export class CreateStrategyResponse implements rpc.CreateStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class UpdateStrategyResponse implements rpc.UpdateStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class SubmitStrategyResponse implements rpc.SubmitStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class ApproveStrategyResponse implements rpc.ApproveStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class RejectStrategyResponse implements rpc.RejectStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class WithdrawStrategyResponse implements rpc.WithdrawStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class DiscardStrategyResponse implements rpc.DiscardStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class MoveStrategyResponse implements rpc.MoveStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class GetStrategyResponse implements rpc.GetStrategyResponse {
  @shown.part(() => Strategy) strategy!: Strategy | undefined;
}

export class ListStrategiesResponse implements rpc.ListStrategiesResponse {
  @shown.parts(() => Strategy) strategies!: Strategy[];
  @shown.text() nextPageToken!: string;
}
