import { IsIn } from 'class-validator';
import { StrategyStepInput } from '../../requests/strategy-step.request';

export const LIVE_MOVES = ['pause', 'resume', 'retire'] as const;
export type LiveMove = (typeof LIVE_MOVES)[number];

export class MoveStrategyInput extends StrategyStepInput {
  @IsIn(LIVE_MOVES)
  move!: LiveMove;
}
