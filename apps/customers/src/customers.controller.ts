import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/customers/v1/customers';
import { actorOf, GrpcController, requireOrgScope, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import { ImportChunkInput } from '@tidegate/imports';
import type { Actor } from '@tidegate/observability';
import { requireStaff } from './actor-scope';
import { complaintMessage, customerMessage, importMessage, incomingEvent, segmentMessage } from './customers.message';
import { PersonalViews } from './encryption/personal-view';
import { PersonView } from './person-view';
import { joinMessage } from './joining/profile-join.message';
import { JoinProfilesInput } from './joining/use-cases/join-profiles/join-profiles.request';
import { JoinProfilesUseCase } from './joining/use-cases/join-profiles/join-profiles.use-case';
import { ListProfileJoinsUseCase } from './joining/use-cases/list-profile-joins/list-profile-joins.use-case';
import { UndoProfileJoinInput } from './joining/use-cases/undo-profile-join/undo-profile-join.request';
import { UndoProfileJoinUseCase } from './joining/use-cases/undo-profile-join/undo-profile-join.use-case';
import { AppendImportChunkUseCase } from './use-cases/append-import-chunk/append-import-chunk.use-case';
import { AssignOwnerInput } from './use-cases/assign-owner/assign-owner.request';
import { AssignOwnerUseCase } from './use-cases/assign-owner/assign-owner.use-case';
import { CancelImportUseCase } from './use-cases/cancel-import/cancel-import.use-case';
import { CloseComplaintInput } from './use-cases/close-complaint/close-complaint.request';
import { CloseComplaintUseCase } from './use-cases/close-complaint/close-complaint.use-case';
import { ComputeRfmInput } from './use-cases/compute-rfm/compute-rfm.request';
import { ComputeRfmUseCase } from './use-cases/compute-rfm/compute-rfm.use-case';
import { EvaluateSegmentUseCase } from './use-cases/evaluate-segment/evaluate-segment.use-case';
import { FindCustomerIdsInput } from './use-cases/find-customer-ids/find-customer-ids.request';
import { FindCustomerIdsUseCase } from './use-cases/find-customer-ids/find-customer-ids.use-case';
import { GetCustomerUseCase } from './use-cases/get-customer/get-customer.use-case';
import { GetImportUseCase } from './use-cases/get-import/get-import.use-case';
import { GetRfmSummaryUseCase } from './use-cases/get-rfm-summary/get-rfm-summary.use-case';
import { GetSegmentUseCase } from './use-cases/get-segment/get-segment.use-case';
import { IngestEventsUseCase } from './use-cases/ingest-events/ingest-events.use-case';
import { ListConsentRecordsUseCase } from './use-cases/list-consent-records/list-consent-records.use-case';
import { CheckCountsInput } from './use-cases/check-counts/check-counts.request';
import { CheckCountsUseCase } from './use-cases/check-counts/check-counts.use-case';
import { ListPastMomentsInput } from './use-cases/list-past-moments/list-past-moments.request';
import { ListPastMomentsUseCase } from './use-cases/list-past-moments/list-past-moments.use-case';
import { ListCountedFactsUseCase } from './use-cases/list-counted-facts/list-counted-facts.use-case';
import { ListCustomersUseCase } from './use-cases/list-customers/list-customers.use-case';
import { ListImportErrorsUseCase } from './use-cases/list-import-errors/list-import-errors.use-case';
import { ListSegmentMembersUseCase } from './use-cases/list-segment-members/list-segment-members.use-case';
import { ListSegmentsUseCase } from './use-cases/list-segments/list-segments.use-case';
import { ListTimelineUseCase } from './use-cases/list-timeline/list-timeline.use-case';
import { OpenComplaintInput } from './use-cases/open-complaint/open-complaint.request';
import { OpenComplaintUseCase } from './use-cases/open-complaint/open-complaint.use-case';
import { PreviewSegmentUseCase } from './use-cases/preview-segment/preview-segment.use-case';
import { PutSegmentInput } from './use-cases/put-segment/put-segment.request';
import { PutSegmentUseCase } from './use-cases/put-segment/put-segment.use-case';
import { RecordConsentInput } from './use-cases/record-consent/record-consent.request';
import { RecordConsentUseCase } from './use-cases/record-consent/record-consent.use-case';
import { SetTagInput } from './use-cases/set-tag/set-tag.request';
import { SetTagUseCase } from './use-cases/set-tag/set-tag.use-case';
import { StartImportInput } from './use-cases/start-import/start-import.request';
import { StartImportUseCase } from './use-cases/start-import/start-import.use-case';

type Rpcs = Handlers<typeof rpc.CustomersServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.CustomersServiceService)
export class CustomersController implements Rpcs {
  constructor(
    private readonly personalViews: PersonalViews,
    private readonly startImportUseCase: StartImportUseCase,
    private readonly appendImportChunkUseCase: AppendImportChunkUseCase,
    private readonly getImportUseCase: GetImportUseCase,
    private readonly listImportErrorsUseCase: ListImportErrorsUseCase,
    private readonly cancelImportUseCase: CancelImportUseCase,
    private readonly getCustomerUseCase: GetCustomerUseCase,
    private readonly persons: PersonView,
    private readonly findCustomerIdsUseCase: FindCustomerIdsUseCase,
    private readonly listCountedFactsUseCase: ListCountedFactsUseCase,
    private readonly checkCountsUseCase: CheckCountsUseCase,
    private readonly listPastMomentsUseCase: ListPastMomentsUseCase,
    private readonly listCustomersUseCase: ListCustomersUseCase,
    private readonly setTagUseCase: SetTagUseCase,
    private readonly assignOwnerUseCase: AssignOwnerUseCase,
    private readonly joinProfilesUseCase: JoinProfilesUseCase,
    private readonly undoProfileJoinUseCase: UndoProfileJoinUseCase,
    private readonly listProfileJoinsUseCase: ListProfileJoinsUseCase,
    private readonly recordConsentUseCase: RecordConsentUseCase,
    private readonly listConsentRecordsUseCase: ListConsentRecordsUseCase,
    private readonly openComplaintUseCase: OpenComplaintUseCase,
    private readonly closeComplaintUseCase: CloseComplaintUseCase,
    private readonly ingestEventsUseCase: IngestEventsUseCase,
    private readonly listTimelineUseCase: ListTimelineUseCase,
    private readonly putSegmentUseCase: PutSegmentUseCase,
    private readonly getSegmentUseCase: GetSegmentUseCase,
    private readonly listSegmentsUseCase: ListSegmentsUseCase,
    private readonly previewSegmentUseCase: PreviewSegmentUseCase,
    private readonly listSegmentMembersUseCase: ListSegmentMembersUseCase,
    private readonly evaluateSegmentUseCase: EvaluateSegmentUseCase,
    private readonly computeRfmUseCase: ComputeRfmUseCase,
    private readonly getRfmSummaryUseCase: GetRfmSummaryUseCase,
  ) {}

  async startImport(request: rpc.StartImportRequest, metadata: Metadata): Promise<rpc.StartImportResponse> {
    const input = validated(StartImportInput, request);
    const actor = staffOf(metadata);
    requireOrgScope(actor, input.defaultOrgPath);
    return { import: importMessage(await this.startImportUseCase.execute(input, actor)) };
  }

  async appendImportChunk(
    request: rpc.AppendImportChunkRequest,
    metadata: Metadata,
  ): Promise<rpc.AppendImportChunkResponse> {
    const input = validated(ImportChunkInput, request);
    return { import: importMessage(await this.appendImportChunkUseCase.execute(input, staffOf(metadata))) };
  }

  async getImport({ importId }: rpc.GetImportRequest, metadata: Metadata): Promise<rpc.GetImportResponse> {
    return { import: importMessage(await this.getImportUseCase.execute(importId, staffOf(metadata))) };
  }

  async listImportErrors(
    request: rpc.ListImportErrorsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListImportErrorsResponse> {
    return this.listImportErrorsUseCase.execute(request, staffOf(metadata));
  }

  async cancelImport({ importId }: rpc.CancelImportRequest, metadata: Metadata): Promise<rpc.CancelImportResponse> {
    return { import: importMessage(await this.cancelImportUseCase.execute(importId, staffOf(metadata))) };
  }

  async getCustomer(request: rpc.GetCustomerRequest, metadata: Metadata): Promise<rpc.GetCustomerResponse> {
    const actor = actorOf(metadata);
    const customer = await this.getCustomerUseCase.execute(request, actor);
    const otherCustomerIds = await this.persons.othersOf(customer, actor);
    return { customer: customerMessage(customer, this.personalViews.of(customer, actor)), otherCustomerIds };
  }

  async findCustomerIds(request: rpc.FindCustomerIdsRequest, metadata: Metadata): Promise<rpc.FindCustomerIdsResponse> {
    const input = validated(FindCustomerIdsInput, request);
    return { customers: await this.findCustomerIdsUseCase.execute(input, actorOf(metadata)) };
  }

  async listCustomers(request: rpc.ListCustomersRequest, metadata: Metadata): Promise<rpc.ListCustomersResponse> {
    const actor = actorOf(metadata);
    const { customers, nextPageToken } = await this.listCustomersUseCase.execute(request, actor);
    const messages = customers.map((customer) => customerMessage(customer, this.personalViews.of(customer, actor)));
    return { customers: messages, nextPageToken };
  }

  async listCountedFacts(
    request: rpc.ListCountedFactsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListCountedFactsResponse> {
    return this.listCountedFactsUseCase.execute(request, actorOf(metadata));
  }

  async checkCounts(request: rpc.CheckCountsRequest, metadata: Metadata): Promise<rpc.CheckCountsResponse> {
    const answers = await this.checkCountsUseCase.execute(validated(CheckCountsInput, request), actorOf(metadata));
    return { answers: answers.map((holds) => ({ holds })) };
  }

  async listPastMoments(request: rpc.ListPastMomentsRequest, metadata: Metadata): Promise<rpc.ListPastMomentsResponse> {
    const input = validated(ListPastMomentsInput, request);
    return { moments: await this.listPastMomentsUseCase.execute(input, actorOf(metadata)) };
  }

  async joinProfiles(request: rpc.JoinProfilesRequest, metadata: Metadata): Promise<rpc.JoinProfilesResponse> {
    const input = validated(JoinProfilesInput, request);
    return { join: joinMessage(await this.joinProfilesUseCase.execute(input, staffOf(metadata))) };
  }

  async undoProfileJoin(request: rpc.UndoProfileJoinRequest, metadata: Metadata): Promise<rpc.UndoProfileJoinResponse> {
    const input = validated(UndoProfileJoinInput, request);
    return { join: joinMessage(await this.undoProfileJoinUseCase.execute(input, staffOf(metadata))) };
  }

  async listProfileJoins(
    request: rpc.ListProfileJoinsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListProfileJoinsResponse> {
    const { joins, nextPageToken } = await this.listProfileJoinsUseCase.execute(request, staffOf(metadata));
    return { joins: joins.map(joinMessage), nextPageToken };
  }

  async setTag(request: rpc.SetTagRequest, metadata: Metadata): Promise<rpc.SetTagResponse> {
    const actor = staffOf(metadata);
    const customer = await this.setTagUseCase.execute(validated(SetTagInput, request), actor);
    return { customer: customerMessage(customer, this.personalViews.of(customer, actor)) };
  }

  async assignOwner(request: rpc.AssignOwnerRequest, metadata: Metadata): Promise<rpc.AssignOwnerResponse> {
    const actor = staffOf(metadata);
    const customer = await this.assignOwnerUseCase.execute(validated(AssignOwnerInput, request), actor);
    return { customer: customerMessage(customer, this.personalViews.of(customer, actor)) };
  }

  async recordConsent(request: rpc.RecordConsentRequest, metadata: Metadata): Promise<rpc.RecordConsentResponse> {
    const input = validated(RecordConsentInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    return { consent: await this.recordConsentUseCase.execute(input, actor) };
  }

  async listConsentRecords(
    request: rpc.ListConsentRecordsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListConsentRecordsResponse> {
    const actor = actorOf(metadata);
    requireSelf(actor, request.customerId);
    return this.listConsentRecordsUseCase.execute(request, actor);
  }

  async openComplaint(request: rpc.OpenComplaintRequest, metadata: Metadata): Promise<rpc.OpenComplaintResponse> {
    const input = validated(OpenComplaintInput, request);
    const actor = actorOf(metadata);
    requireSelf(actor, input.customerId);
    return { complaint: complaintMessage(await this.openComplaintUseCase.execute(input, actor)) };
  }

  async closeComplaint(request: rpc.CloseComplaintRequest, metadata: Metadata): Promise<rpc.CloseComplaintResponse> {
    const input = validated(CloseComplaintInput, request);
    return { complaint: complaintMessage(await this.closeComplaintUseCase.execute(input, staffOf(metadata))) };
  }

  async ingestEvents({ events }: rpc.IngestEventsRequest, metadata: Metadata): Promise<rpc.IngestEventsResponse> {
    return this.ingestEventsUseCase.execute(events.map(incomingEvent), actorOf(metadata));
  }

  async listTimeline(request: rpc.ListTimelineRequest, metadata: Metadata): Promise<rpc.ListTimelineResponse> {
    const actor = actorOf(metadata);
    requireSelf(actor, request.customerId);
    return this.listTimelineUseCase.execute(request, actor);
  }

  async putSegment(request: rpc.PutSegmentRequest, metadata: Metadata): Promise<rpc.PutSegmentResponse> {
    const input = validated(PutSegmentInput, request);
    return { segment: segmentMessage(await this.putSegmentUseCase.execute(input, staffOf(metadata))) };
  }

  async getSegment({ segmentId }: rpc.GetSegmentRequest, metadata: Metadata): Promise<rpc.GetSegmentResponse> {
    return { segment: segmentMessage(await this.getSegmentUseCase.execute(segmentId, staffOf(metadata))) };
  }

  async listSegments(request: rpc.ListSegmentsRequest, metadata: Metadata): Promise<rpc.ListSegmentsResponse> {
    const { segments, nextPageToken } = await this.listSegmentsUseCase.execute(request, actorOf(metadata));
    return { segments: segments.map(segmentMessage), nextPageToken };
  }

  async previewSegment(request: rpc.PreviewSegmentRequest, metadata: Metadata): Promise<rpc.PreviewSegmentResponse> {
    return this.previewSegmentUseCase.execute(request, actorOf(metadata));
  }

  async listSegmentMembers(
    request: rpc.ListSegmentMembersRequest,
    metadata: Metadata,
  ): Promise<rpc.ListSegmentMembersResponse> {
    return this.listSegmentMembersUseCase.execute(request, actorOf(metadata));
  }

  async evaluateSegment(request: rpc.EvaluateSegmentRequest, metadata: Metadata): Promise<rpc.EvaluateSegmentResponse> {
    return { isMember: await this.evaluateSegmentUseCase.execute(request, staffOf(metadata)) };
  }

  async computeRfm(request: rpc.ComputeRfmRequest, metadata: Metadata): Promise<rpc.ComputeRfmResponse> {
    requireStaff(actorOf(metadata));
    return this.computeRfmUseCase.execute(validated(ComputeRfmInput, request));
  }

  async getRfmSummary(_: rpc.GetRfmSummaryRequest, metadata: Metadata): Promise<rpc.GetRfmSummaryResponse> {
    requireStaff(actorOf(metadata));
    const { cells, computedAt } = await this.getRfmSummaryUseCase.execute();
    return { cells, computedAt: computedAt ?? undefined };
  }
}

function staffOf(metadata: Metadata): Actor {
  const actor = actorOf(metadata);
  requireStaff(actor);
  return actor;
}
