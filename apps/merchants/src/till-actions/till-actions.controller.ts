import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/merchants/v1/till_actions';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { AskNextBestActionsInput } from './use-cases/ask-next-best-actions/ask-next-best-actions.request';
import { AskNextBestActionsUseCase } from './use-cases/ask-next-best-actions/ask-next-best-actions.use-case';
import { RecordTillOutcomeInput } from './use-cases/record-till-outcome/record-till-outcome.request';
import { RecordTillOutcomeUseCase } from './use-cases/record-till-outcome/record-till-outcome.use-case';

type Rpcs = Handlers<typeof rpc.TillActionsServiceService>;

/** Every gRPC inlet of next best actions at tills: validate, call, map. */
@GrpcController(rpc.TillActionsServiceService)
export class TillActionsController implements Rpcs {
  constructor(
    private readonly askNextBestActionsUseCase: AskNextBestActionsUseCase,
    private readonly recordTillOutcomeUseCase: RecordTillOutcomeUseCase,
  ) {}

  async askNextBestActions(
    request: rpc.AskNextBestActionsRequest,
    metadata: Metadata,
  ): Promise<rpc.AskNextBestActionsResponse> {
    const input = validated(AskNextBestActionsInput, request);
    return this.askNextBestActionsUseCase.execute(input, actorOf(metadata));
  }

  async recordTillOutcome(
    request: rpc.RecordTillOutcomeRequest,
    metadata: Metadata,
  ): Promise<rpc.RecordTillOutcomeResponse> {
    const input = validated(RecordTillOutcomeInput, request);
    return { outcomes: await this.recordTillOutcomeUseCase.execute(input, actorOf(metadata)) };
  }
}
