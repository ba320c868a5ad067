import type {
  ComputeRfmResponse,
  Customer,
  GetCustomerResponse,
  GetImportResponse,
  GetRfmSummaryResponse,
  ListImportErrorsResponse,
  ListSegmentMembersResponse,
  PreviewSegmentResponse,
  SegmentMember,
  StartImportRequest,
  StartImportResponse,
} from '@tidegate/contracts/customers/v1/customers';
import type { Caller } from '../http/caller';
import type { Body, Json } from '../http/json';

export type ImportTerms = Body<Omit<StartImportRequest, 'requestId'>>;
/** A rule of the platform's rule syntax. */
export type RuleJson = Record<string, unknown>;

const MEMBERS_PER_PAGE = 1_000;

/** What the head office uses for customers: imports, segments, RFM. */
export class AdminCustomersApi {
  constructor(
    private readonly admin: Caller,
    private readonly maker: Caller,
  ) {}

  startImport(terms: ImportTerms, key: string): Promise<Json<StartImportResponse>> {
    return this.admin.post('/admin/v1/customer-imports', key, terms);
  }

  sendContent(importId: string, content: Buffer, key: string): Promise<unknown> {
    const path = `/admin/v1/customer-imports/${importId}/content`;
    return this.admin.call({ method: 'PUT', path, body: content, contentType: 'text/csv', idempotencyKey: key });
  }

  getImport(importId: string): Promise<Json<GetImportResponse>> {
    return this.admin.get(`/admin/v1/customer-imports/${importId}`);
  }

  listImportErrors(importId: string): Promise<Json<ListImportErrorsResponse>> {
    return this.admin.get(`/admin/v1/customer-imports/${importId}/errors`);
  }

  async findCustomer(externalId: string): Promise<Json<Customer>> {
    const answer = await this.admin.get<Json<GetCustomerResponse>>(`/admin/v1/customers/by-external-id/${externalId}`);
    if (answer.customer === undefined) throw new Error(`there is no customer ${externalId}`);
    return answer.customer;
  }

  putSegment(
    segmentId: string,
    segment: { name: string; rule: RuleJson; orgPath: string },
    key: string,
  ): Promise<unknown> {
    return this.maker.put(`/admin/v1/segments/${segmentId}`, key, segment);
  }

  preview(rule: RuleJson): Promise<Json<PreviewSegmentResponse>> {
    return this.admin.call({
      method: 'POST',
      path: '/admin/v1/segments/preview',
      body: { rule, sampleSize: 0 },
      idempotencyKey: 'preview',
    });
  }

  /** The members in the order of customer ids; no more than `most`. */
  async listMembers(segmentId: string, most: number): Promise<Json<SegmentMember>[]> {
    const members: Json<SegmentMember>[] = [];
    for (let pageToken: string | undefined; ;) {
      const query = { pageSize: MEMBERS_PER_PAGE, pageToken };
      const page = await this.admin.get<Json<ListSegmentMembersResponse>>(
        `/admin/v1/segments/${segmentId}/members`,
        query,
      );
      members.push(...page.members);
      if (page.nextPageToken === '' || members.length >= most) return members.slice(0, most);
      pageToken = page.nextPageToken;
    }
  }

  computeRfm(asOf: string, windowDays: number, key: string): Promise<Json<ComputeRfmResponse>> {
    return this.maker.post('/admin/v1/rfm/computations', key, { asOf, windowDays });
  }

  getRfmSummary(): Promise<Json<GetRfmSummaryResponse>> {
    return this.admin.get('/admin/v1/rfm');
  }
}
