import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { actorOf, GrpcController, requireHeadOffice, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { toBriefMessage, toDecisionMessage, toExplainedMessage } from './engine/decision-message';
import { toModelReport, toModelSlotMessage } from './engine/model-message';
import { toPushDecision, toPushMessage } from './engine/push-message';
import { DecideInput } from './use-cases/decide/decide.request';
import { DecideUseCase } from './use-cases/decide/decide.use-case';
import { RecordOutcomeInput } from './use-cases/record-outcome/record-outcome.request';
import { RecordOutcomeUseCase } from './use-cases/record-outcome/record-outcome.use-case';
import { StartPushInput } from './use-cases/start-push/start-push.request';
import { StartPushUseCase } from './use-cases/start-push/start-push.use-case';
import { AppendPushMembersInput } from './use-cases/append-push-members/append-push-members.request';
import { AppendPushMembersUseCase } from './use-cases/append-push-members/append-push-members.use-case';
import { GetPushUseCase } from './use-cases/get-push/get-push.use-case';
import { CancelPushUseCase } from './use-cases/cancel-push/cancel-push.use-case';
import { ListPushesInput } from './use-cases/list-pushes/list-pushes.request';
import { ListPushesUseCase } from './use-cases/list-pushes/list-pushes.use-case';
import { ListPushDecisionsInput } from './use-cases/list-push-decisions/list-push-decisions.request';
import { ListPushDecisionsUseCase } from './use-cases/list-push-decisions/list-push-decisions.use-case';
import { ExplainDecisionInput } from './use-cases/explain-decision/explain-decision.request';
import { ExplainDecisionUseCase } from './use-cases/explain-decision/explain-decision.use-case';
import { GetDecisionInput } from './use-cases/get-decision/get-decision.request';
import { GetDecisionUseCase } from './use-cases/get-decision/get-decision.use-case';
import { ListDecisionsInput } from './use-cases/list-decisions/list-decisions.request';
import { ListDecisionsUseCase } from './use-cases/list-decisions/list-decisions.use-case';
import { ScreenCustomersInput } from './use-cases/screen-customers/screen-customers.request';
import { ScreenCustomersUseCase } from './use-cases/screen-customers/screen-customers.use-case';
import { PutContactPolicyInput } from './use-cases/put-contact-policy/put-contact-policy.request';
import { PutContactPolicyUseCase } from './use-cases/put-contact-policy/put-contact-policy.use-case';
import { GetContactPolicyUseCase } from './use-cases/get-contact-policy/get-contact-policy.use-case';
import { PutCapacityInput } from './use-cases/put-capacity/put-capacity.request';
import { PutCapacityUseCase } from './use-cases/put-capacity/put-capacity.use-case';
import { ListCapacityInput } from './use-cases/list-capacity/list-capacity.request';
import { ListCapacityUseCase } from './use-cases/list-capacity/list-capacity.use-case';
import { ApplyConsentInput } from './use-cases/apply-consent/apply-consent.request';
import { ApplyConsentUseCase } from './use-cases/apply-consent/apply-consent.use-case';
import { ApplyHoldInput } from './use-cases/apply-hold/apply-hold.request';
import { ApplyHoldUseCase } from './use-cases/apply-hold/apply-hold.use-case';
import { AskServiceContactsInput } from './use-cases/ask-service-contacts/ask-service-contacts.request';
import { AskServiceContactsUseCase } from './use-cases/ask-service-contacts/ask-service-contacts.use-case';
import { ListRetractionsInput } from './use-cases/list-retractions/list-retractions.request';
import { ListRetractionsUseCase } from './use-cases/list-retractions/list-retractions.use-case';
import { PutModelSlotInput } from './use-cases/put-model-slot/put-model-slot.request';
import { PutModelSlotUseCase } from './use-cases/put-model-slot/put-model-slot.use-case';
import { UploadOnnxModelInput } from './use-cases/upload-onnx-model/upload-onnx-model.request';
import { UploadOnnxModelUseCase } from './use-cases/upload-onnx-model/upload-onnx-model.use-case';
import { GetModelSlotUseCase } from './use-cases/get-model-slot/get-model-slot.use-case';

type Rpcs = Handlers<typeof rpc.ArbitrationServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.ArbitrationServiceService)
export class ArbitrationController implements Rpcs {
  constructor(
    private readonly decideUseCase: DecideUseCase,
    private readonly recordOutcomeUseCase: RecordOutcomeUseCase,
    private readonly startPushUseCase: StartPushUseCase,
    private readonly appendPushMembersUseCase: AppendPushMembersUseCase,
    private readonly getPushUseCase: GetPushUseCase,
    private readonly cancelPushUseCase: CancelPushUseCase,
    private readonly listPushesUseCase: ListPushesUseCase,
    private readonly listPushDecisionsUseCase: ListPushDecisionsUseCase,
    private readonly getDecisionUseCase: GetDecisionUseCase,
    private readonly explainDecisionUseCase: ExplainDecisionUseCase,
    private readonly listDecisionsUseCase: ListDecisionsUseCase,
    private readonly screenCustomersUseCase: ScreenCustomersUseCase,
    private readonly putContactPolicyUseCase: PutContactPolicyUseCase,
    private readonly getContactPolicyUseCase: GetContactPolicyUseCase,
    private readonly putCapacityUseCase: PutCapacityUseCase,
    private readonly listCapacityUseCase: ListCapacityUseCase,
    private readonly applyConsentUseCase: ApplyConsentUseCase,
    private readonly applyHoldUseCase: ApplyHoldUseCase,
    private readonly listRetractionsUseCase: ListRetractionsUseCase,
    private readonly askServiceContactsUseCase: AskServiceContactsUseCase,
    private readonly putModelSlotUseCase: PutModelSlotUseCase,
    private readonly uploadOnnxModelUseCase: UploadOnnxModelUseCase,
    private readonly getModelSlotUseCase: GetModelSlotUseCase,
  ) {}

  async decide(request: rpc.DecideRequest, metadata: Metadata): Promise<rpc.DecideResponse> {
    const input = validated(DecideInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    const decisions = await this.decideUseCase.execute(input, actor);
    return { decisions: decisions.map(input.isBrief ? toBriefMessage : toDecisionMessage) };
  }

  async recordOutcome(request: rpc.RecordOutcomeRequest, metadata: Metadata): Promise<rpc.RecordOutcomeResponse> {
    const input = validated(RecordOutcomeInput, request);
    return { decision: toDecisionMessage(await this.recordOutcomeUseCase.execute(input, actorOf(metadata))) };
  }

  async startPush(request: rpc.StartPushRequest, metadata: Metadata): Promise<rpc.StartPushResponse> {
    const input = validated(StartPushInput, request);
    return { push: toPushMessage(await this.startPushUseCase.execute(input, actorOf(metadata))) };
  }

  async appendPushMembers(
    request: rpc.AppendPushMembersRequest,
    metadata: Metadata,
  ): Promise<rpc.AppendPushMembersResponse> {
    const input = validated(AppendPushMembersInput, request);
    return { push: toPushMessage(await this.appendPushMembersUseCase.execute(input, actorOf(metadata))) };
  }

  async listPushes(request: rpc.ListPushesRequest, metadata: Metadata): Promise<rpc.ListPushesResponse> {
    const input = validated(ListPushesInput, request);
    const { pushes, nextPageToken } = await this.listPushesUseCase.execute(input, actorOf(metadata));
    return { pushes: pushes.map(toPushMessage), nextPageToken };
  }

  async getPush(request: rpc.GetPushRequest, metadata: Metadata): Promise<rpc.GetPushResponse> {
    return { push: toPushMessage(await this.getPushUseCase.execute(request.pushId, actorOf(metadata))) };
  }

  async cancelPush(request: rpc.CancelPushRequest, metadata: Metadata): Promise<rpc.CancelPushResponse> {
    return { push: toPushMessage(await this.cancelPushUseCase.execute(request.pushId, actorOf(metadata))) };
  }

  async listPushDecisions(
    request: rpc.ListPushDecisionsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListPushDecisionsResponse> {
    const input = validated(ListPushDecisionsInput, request);
    const { decisions, nextPageToken } = await this.listPushDecisionsUseCase.execute(input, actorOf(metadata));
    return { decisions: decisions.map(toPushDecision), nextPageToken };
  }

  async getDecision(request: rpc.GetDecisionRequest, metadata: Metadata): Promise<rpc.GetDecisionResponse> {
    const { decisionId, language } = validated(GetDecisionInput, request);
    const decision = await this.getDecisionUseCase.execute(decisionId, actorOf(metadata));
    return { decision: { ...toExplainedMessage(decision, language), inputs: decision.inputs ?? undefined } };
  }

  async explainDecision(request: rpc.ExplainDecisionRequest, metadata: Metadata): Promise<rpc.ExplainDecisionResponse> {
    const input = validated(ExplainDecisionInput, request);
    const { record, explanation } = await this.explainDecisionUseCase.execute(input, actorOf(metadata));
    const { decisionId, decidedAt, title, channel } = record;
    return { decisionId, decidedAt, title, channel, ...explanation };
  }

  async listDecisions(request: rpc.ListDecisionsRequest, metadata: Metadata): Promise<rpc.ListDecisionsResponse> {
    const input = validated(ListDecisionsInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    const { decisions, nextPageToken } = await this.listDecisionsUseCase.execute(input, actor);
    return { decisions: decisions.map((one) => toExplainedMessage(one, input.language)), nextPageToken };
  }

  async screenCustomers(request: rpc.ScreenCustomersRequest): Promise<rpc.ScreenCustomersResponse> {
    const input = validated(ScreenCustomersInput, request);
    return { customers: await this.screenCustomersUseCase.execute(input) };
  }

  async putContactPolicy(
    request: rpc.PutContactPolicyRequest,
    metadata: Metadata,
  ): Promise<rpc.PutContactPolicyResponse> {
    requireHeadOffice(actorOf(metadata));
    const policy = await this.putContactPolicyUseCase.execute(validated(PutContactPolicyInput, request));
    return { policy, calendarKnownUntil: this.getContactPolicyUseCase.calendarKnownUntil() };
  }

  async getContactPolicy(): Promise<rpc.GetContactPolicyResponse> {
    const policy = await this.getContactPolicyUseCase.execute();
    return { policy, calendarKnownUntil: this.getContactPolicyUseCase.calendarKnownUntil() };
  }

  async putCapacity(request: rpc.PutCapacityRequest, metadata: Metadata): Promise<rpc.PutCapacityResponse> {
    requireHeadOffice(actorOf(metadata));
    return { capacity: await this.putCapacityUseCase.execute(validated(PutCapacityInput, request)) };
  }

  async listCapacity(request: rpc.ListCapacityRequest, metadata: Metadata): Promise<rpc.ListCapacityResponse> {
    requireHeadOffice(actorOf(metadata));
    return this.listCapacityUseCase.execute(validated(ListCapacityInput, request));
  }

  async applyConsent(request: rpc.ApplyConsentRequest): Promise<rpc.ApplyConsentResponse> {
    await this.applyConsentUseCase.execute(validated(ApplyConsentInput, request));
    return {};
  }

  async applyHold(request: rpc.ApplyHoldRequest): Promise<rpc.ApplyHoldResponse> {
    await this.applyHoldUseCase.execute(validated(ApplyHoldInput, request));
    return {};
  }

  async listRetractions(request: rpc.ListRetractionsRequest): Promise<rpc.ListRetractionsResponse> {
    return this.listRetractionsUseCase.execute(validated(ListRetractionsInput, request));
  }

  async askServiceContacts(request: rpc.AskServiceContactsRequest): Promise<rpc.AskServiceContactsResponse> {
    const { contacts } = validated(AskServiceContactsInput, request);
    const answers = await this.askServiceContactsUseCase.execute(contacts);
    return {
      answers: answers.map((one) => ({ ...one, reason: one.reason ?? '', queuedUntil: one.queuedUntil ?? undefined })),
    };
  }

  async putModelSlot(request: rpc.PutModelSlotRequest, metadata: Metadata): Promise<rpc.PutModelSlotResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const { slot, pendingMoveId } = await this.putModelSlotUseCase.execute(
      actor,
      validated(PutModelSlotInput, request),
    );
    return { slot: slot && toModelSlotMessage(slot), pendingMoveId };
  }

  async uploadOnnxModel(request: rpc.UploadOnnxModelRequest, metadata: Metadata): Promise<rpc.UploadOnnxModelResponse> {
    requireHeadOffice(actorOf(metadata));
    const { content, ...rest } = request;
    return this.uploadOnnxModelUseCase.execute(validated(UploadOnnxModelInput, rest), content);
  }

  async getModelSlot(request: rpc.GetModelSlotRequest): Promise<rpc.GetModelSlotResponse> {
    const { slot, report } = await this.getModelSlotUseCase.execute(request.slot);
    return { slot: toModelSlotMessage(slot), report: report === null ? undefined : toModelReport(report) };
  }
}
