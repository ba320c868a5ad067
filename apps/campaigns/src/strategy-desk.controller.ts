import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { requireStaff } from './actor-scope';
import { newestOf } from './domain/strategy';
import { TEMPLATES } from './domain/templates/templates';
import { toActionMessage } from './messages/action.message';
import { toCheckMessage, toTemplateMessage, toWordListMessage } from './messages/desk.message';
import { toStrategyMessage } from './messages/strategy.message';
import { PageOfInput } from './requests/page-of.request';
import { CheckCopyInput } from './use-cases/check-copy/check-copy.request';
import { CheckCopyUseCase } from './use-cases/check-copy/check-copy.use-case';
import { CheckStrategyUseCase } from './use-cases/check-strategy/check-strategy.use-case';
import { DiffStrategyVersionsInput } from './use-cases/diff-strategy-versions/diff-strategy-versions.request';
import { DiffStrategyVersionsUseCase } from './use-cases/diff-strategy-versions/diff-strategy-versions.use-case';
import { DraftCopyInput } from './use-cases/draft-copy/draft-copy.request';
import { DraftCopyUseCase } from './use-cases/draft-copy/draft-copy.use-case';
import { DraftFromTemplateInput } from './use-cases/draft-from-template/draft-from-template.request';
import { DraftFromTemplateUseCase } from './use-cases/draft-from-template/draft-from-template.use-case';
import { ListScriptVersionsUseCase } from './use-cases/list-script-versions/list-script-versions.use-case';
import { ListScriptsUseCase } from './use-cases/list-scripts/list-scripts.use-case';
import { ListStrategyVersionsUseCase } from './use-cases/list-strategy-versions/list-strategy-versions.use-case';
import { ListWordListsUseCase } from './use-cases/list-word-lists/list-word-lists.use-case';
import { RenderScriptInput } from './use-cases/render-script/render-script.request';
import { RenderScriptUseCase } from './use-cases/render-script/render-script.use-case';
import { RollBackStrategyInput } from './use-cases/roll-back-strategy/roll-back-strategy.request';
import { RollBackStrategyUseCase } from './use-cases/roll-back-strategy/roll-back-strategy.use-case';

type Rpcs = Handlers<typeof rpc.StrategyDeskServiceService>;

/** The inlets of the strategy desk 策略工作台: validate, call, map. */
@GrpcController(rpc.StrategyDeskServiceService)
export class StrategyDeskController implements Rpcs {
  constructor(
    private readonly checkStrategyUseCase: CheckStrategyUseCase,
    private readonly listStrategyVersionsUseCase: ListStrategyVersionsUseCase,
    private readonly diffStrategyVersionsUseCase: DiffStrategyVersionsUseCase,
    private readonly rollBackStrategyUseCase: RollBackStrategyUseCase,
    private readonly draftFromTemplateUseCase: DraftFromTemplateUseCase,
    private readonly checkCopyUseCase: CheckCopyUseCase,
    private readonly listWordListsUseCase: ListWordListsUseCase,
    private readonly draftCopyUseCase: DraftCopyUseCase,
    private readonly listScriptsUseCase: ListScriptsUseCase,
    private readonly listScriptVersionsUseCase: ListScriptVersionsUseCase,
    private readonly renderScriptUseCase: RenderScriptUseCase,
  ) {}

  async checkStrategy(request: rpc.CheckStrategyRequest, metadata: Metadata): Promise<rpc.CheckStrategyResponse> {
    return toCheckMessage(await this.checkStrategyUseCase.execute(actorOf(metadata), request.strategyId));
  }

  async listStrategyVersions(
    { strategyId: id, ...page }: rpc.ListStrategyVersionsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListStrategyVersionsResponse> {
    const input = validated(PageOfInput, { id, ...page });
    const { strategy, versions, nextPageToken } = await this.listStrategyVersionsUseCase.execute(
      actorOf(metadata),
      input,
    );
    return { versions: versions.map((version) => toStrategyMessage(strategy, version)), nextPageToken };
  }

  diffStrategyVersions(
    request: rpc.DiffStrategyVersionsRequest,
    metadata: Metadata,
  ): Promise<rpc.DiffStrategyVersionsResponse> {
    const input = validated(DiffStrategyVersionsInput, request);
    return this.diffStrategyVersionsUseCase.execute(actorOf(metadata), input);
  }

  async rollBackStrategy(
    request: rpc.RollBackStrategyRequest,
    metadata: Metadata,
  ): Promise<rpc.RollBackStrategyResponse> {
    const input = validated(RollBackStrategyInput, request);
    const { strategy, version } = await this.rollBackStrategyUseCase.execute(actorOf(metadata), input);
    return { strategy: toStrategyMessage(strategy, version) };
  }

  async listStrategyTemplates(
    _request: rpc.ListStrategyTemplatesRequest,
    metadata: Metadata,
  ): Promise<rpc.ListStrategyTemplatesResponse> {
    requireStaff(actorOf(metadata));
    return { templates: TEMPLATES.map(toTemplateMessage) };
  }

  async draftFromTemplate(
    request: rpc.DraftFromTemplateRequest,
    metadata: Metadata,
  ): Promise<rpc.DraftFromTemplateResponse> {
    const input = validated(DraftFromTemplateInput, request);
    const { strategy, actions, ...rest } = await this.draftFromTemplateUseCase.execute(actorOf(metadata), input);
    return {
      strategy: toStrategyMessage(strategy, newestOf(strategy)),
      actions: actions.map(toActionMessage),
      ...rest,
    };
  }

  async checkCopy(request: rpc.CheckCopyRequest, metadata: Metadata): Promise<rpc.CheckCopyResponse> {
    return { findings: this.checkCopyUseCase.execute(actorOf(metadata), validated(CheckCopyInput, request)) };
  }

  async listWordLists(_request: rpc.ListWordListsRequest, metadata: Metadata): Promise<rpc.ListWordListsResponse> {
    return { wordLists: this.listWordListsUseCase.execute(actorOf(metadata)).map(toWordListMessage) };
  }

  draftCopy(request: rpc.DraftCopyRequest, metadata: Metadata): Promise<rpc.DraftCopyResponse> {
    return this.draftCopyUseCase.execute(actorOf(metadata), validated(DraftCopyInput, request));
  }

  listScripts(request: rpc.ListScriptsRequest, metadata: Metadata): Promise<rpc.ListScriptsResponse> {
    return this.listScriptsUseCase.execute(actorOf(metadata), request);
  }

  listScriptVersions(
    { scriptId: id, ...page }: rpc.ListScriptVersionsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListScriptVersionsResponse> {
    return this.listScriptVersionsUseCase.execute(actorOf(metadata), validated(PageOfInput, { id, ...page }));
  }

  async renderScript(request: rpc.RenderScriptRequest, metadata: Metadata): Promise<rpc.RenderScriptResponse> {
    return { script: await this.renderScriptUseCase.execute(actorOf(metadata), validated(RenderScriptInput, request)) };
  }
}
