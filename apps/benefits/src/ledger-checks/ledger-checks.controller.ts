import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/ledger_checks';
import { actorOf, GrpcController, requireHeadOffice, validated, type Handlers } from '@tidegate/grpc';
import type { LedgerCheck } from './domain/ledger-check';
import { CancelLedgerCheckUseCase } from './use-cases/cancel-ledger-check/cancel-ledger-check.use-case';
import { GetLedgerCheckUseCase } from './use-cases/get-ledger-check/get-ledger-check.use-case';
import { ListLedgerChecksUseCase } from './use-cases/list-ledger-checks/list-ledger-checks.use-case';
import { StartLedgerCheckInput } from './use-cases/start-ledger-check/start-ledger-check.request';
import { StartLedgerCheckUseCase } from './use-cases/start-ledger-check/start-ledger-check.use-case';

type Rpcs = Handlers<typeof rpc.LedgerChecksServiceService>;

/** The inlets of ledger checks 账本核对: validate, call, map. */
@GrpcController(rpc.LedgerChecksServiceService)
export class LedgerChecksController implements Rpcs {
  constructor(
    private readonly startLedgerCheckUseCase: StartLedgerCheckUseCase,
    private readonly getLedgerCheckUseCase: GetLedgerCheckUseCase,
    private readonly listLedgerChecksUseCase: ListLedgerChecksUseCase,
    private readonly cancelLedgerCheckUseCase: CancelLedgerCheckUseCase,
  ) {}

  async startLedgerCheck(
    request: rpc.StartLedgerCheckRequest,
    metadata: Metadata,
  ): Promise<rpc.StartLedgerCheckResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const input = validated(StartLedgerCheckInput, request);
    return { check: toMessage(await this.startLedgerCheckUseCase.execute(input, actor.id)) };
  }

  async getLedgerCheck(request: rpc.GetLedgerCheckRequest, metadata: Metadata): Promise<rpc.GetLedgerCheckResponse> {
    requireHeadOffice(actorOf(metadata));
    return { check: toMessage(await this.getLedgerCheckUseCase.execute(request.checkId)) };
  }

  async listLedgerChecks(
    request: rpc.ListLedgerChecksRequest,
    metadata: Metadata,
  ): Promise<rpc.ListLedgerChecksResponse> {
    requireHeadOffice(actorOf(metadata));
    const { checks, nextPageToken } = await this.listLedgerChecksUseCase.execute(request);
    return { checks: checks.map(toMessage), nextPageToken };
  }

  async cancelLedgerCheck(
    request: rpc.CancelLedgerCheckRequest,
    metadata: Metadata,
  ): Promise<rpc.CancelLedgerCheckResponse> {
    requireHeadOffice(actorOf(metadata));
    return { check: toMessage(await this.cancelLedgerCheckUseCase.execute(request.checkId)) };
  }
}

const toMessage = (check: LedgerCheck): rpc.LedgerCheck => ({
  ...check,
  finishedAt: check.finishedAt ?? undefined,
  checkpointAt: check.checkpointAt ?? undefined,
});
