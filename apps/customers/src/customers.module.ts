import { Module } from '@nestjs/common';
import { ArbitrationGate, arbitrationClientProvider } from './arbitration-gate';
import { CopyBuilder } from './columnar/copy-builder';
import { CustomerCopy } from './columnar/customer-copy';
import { RfmQuery } from './columnar/rfm-query';
import { SegmentQuery } from './columnar/segment-query';
import { CustomersConfig } from './customers.config';
import { CustomersConsumer } from './customers.consumer';
import { CustomersController } from './customers.controller';
import { FieldCipher } from '@tidegate/encryption';
import { PersonalViews } from './encryption/personal-view';
import { ImportBatchWriter } from './importing/import-batch-writer';
import { ImportWorker } from './importing/import-worker';
import { IntakeLimit } from './intake/intake-limit';
import { SubjectDirectory } from './intake/subject-directory';
import { ComplaintRepository } from './repositories/complaint.repository';
import { ConsentRecordRepository } from './repositories/consent-record.repository';
import { CustomerRepository } from './repositories/customer.repository';
import { FactRepository } from './repositories/fact.repository';
import { FeedRepository } from './repositories/feed.repository';
import { ImportRepository } from './repositories/import.repository';
import { IntakeLogRepository } from './repositories/intake-log.repository';
import { RfmRunRepository } from './repositories/rfm-run.repository';
import { SegmentRepository } from './repositories/segment.repository';
import { TimelineRepository } from './repositories/timeline.repository';
import { AppendImportChunkUseCase } from './use-cases/append-import-chunk/append-import-chunk.use-case';
import { CancelImportUseCase } from './use-cases/cancel-import/cancel-import.use-case';
import { CloseComplaintUseCase } from './use-cases/close-complaint/close-complaint.use-case';
import { ComputeRfmUseCase } from './use-cases/compute-rfm/compute-rfm.use-case';
import { EvaluateSegmentUseCase } from './use-cases/evaluate-segment/evaluate-segment.use-case';
import { FileFactsUseCase } from './use-cases/file-facts/file-facts.use-case';
import { FindCustomerIdsUseCase } from './use-cases/find-customer-ids/find-customer-ids.use-case';
import { GetCustomerUseCase } from './use-cases/get-customer/get-customer.use-case';
import { GetImportUseCase } from './use-cases/get-import/get-import.use-case';
import { GetRfmSummaryUseCase } from './use-cases/get-rfm-summary/get-rfm-summary.use-case';
import { GetSegmentUseCase } from './use-cases/get-segment/get-segment.use-case';
import { IngestEventsUseCase } from './use-cases/ingest-events/ingest-events.use-case';
import { ListConsentRecordsUseCase } from './use-cases/list-consent-records/list-consent-records.use-case';
import { JOINING_PROVIDERS } from './joining/joining-providers';
import { CheckCountsUseCase } from './use-cases/check-counts/check-counts.use-case';
import { ListPastMomentsUseCase } from './use-cases/list-past-moments/list-past-moments.use-case';
import { ListCountedFactsUseCase } from './use-cases/list-counted-facts/list-counted-facts.use-case';
import { ListCustomersUseCase } from './use-cases/list-customers/list-customers.use-case';
import { ListImportErrorsUseCase } from './use-cases/list-import-errors/list-import-errors.use-case';
import { ListSegmentMembersUseCase } from './use-cases/list-segment-members/list-segment-members.use-case';
import { ListSegmentsUseCase } from './use-cases/list-segments/list-segments.use-case';
import { ListTimelineUseCase } from './use-cases/list-timeline/list-timeline.use-case';
import { OpenComplaintUseCase } from './use-cases/open-complaint/open-complaint.use-case';
import { PreviewSegmentUseCase } from './use-cases/preview-segment/preview-segment.use-case';
import { PersonView } from './person-view';
import { ProfileWriter } from './profile-writer';
import { PutSegmentUseCase } from './use-cases/put-segment/put-segment.use-case';
import { RecordConsentUseCase } from './use-cases/record-consent/record-consent.use-case';
import { RecordTouchesUseCase } from './use-cases/record-touches/record-touches.use-case';
import { AssignOwnerUseCase } from './use-cases/assign-owner/assign-owner.use-case';
import { SetTagUseCase } from './use-cases/set-tag/set-tag.use-case';
import { StartImportUseCase } from './use-cases/start-import/start-import.use-case';
import { UpdateProfilesUseCase } from './use-cases/update-profiles/update-profiles.use-case';

@Module({
  controllers: [CustomersController],
  providers: [
    { provide: CustomersConfig, useFactory: () => new CustomersConfig() },
    arbitrationClientProvider,
    ArbitrationGate,
    ProfileWriter,
    PersonView,
    FieldCipher,
    PersonalViews,
    FeedRepository,
    CustomerRepository,
    IntakeLogRepository,
    FactRepository,
    ImportRepository,
    ConsentRecordRepository,
    ComplaintRepository,
    SegmentRepository,
    TimelineRepository,
    RfmRunRepository,
    CopyBuilder,
    CustomerCopy,
    SegmentQuery,
    RfmQuery,
    ImportBatchWriter,
    ImportWorker,
    IntakeLimit,
    SubjectDirectory,
    StartImportUseCase,
    AppendImportChunkUseCase,
    GetImportUseCase,
    ListImportErrorsUseCase,
    CancelImportUseCase,
    FindCustomerIdsUseCase,
    GetCustomerUseCase,
    ListCountedFactsUseCase,
    CheckCountsUseCase,
    ListPastMomentsUseCase,
    ...JOINING_PROVIDERS,
    ListCustomersUseCase,
    SetTagUseCase,
    AssignOwnerUseCase,
    RecordConsentUseCase,
    ListConsentRecordsUseCase,
    OpenComplaintUseCase,
    CloseComplaintUseCase,
    IngestEventsUseCase,
    FileFactsUseCase,
    UpdateProfilesUseCase,
    RecordTouchesUseCase,
    ListTimelineUseCase,
    PutSegmentUseCase,
    GetSegmentUseCase,
    ListSegmentsUseCase,
    PreviewSegmentUseCase,
    ListSegmentMembersUseCase,
    EvaluateSegmentUseCase,
    ComputeRfmUseCase,
    GetRfmSummaryUseCase,
    CustomersConsumer,
  ],
})
export class CustomersModule {}
