import type {
  ContactPolicy,
  GetContactPolicyResponse,
  GetModelSlotResponse,
  GetPushResponse,
  ListPushDecisionsResponse,
  ModelReport,
  ModelSlot,
  Push,
  PushDecision,
  PutModelSlotResponse,
  UploadOnnxModelResponse,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { readPages, type Caller } from '../http/caller';
import type { Body, Json } from '../http/json';

const PAGE_SIZE = 1_000;

/** What the head office uses for the gate: policy, capacity, models, pushes. */
export class AdminArbitrationApi {
  constructor(
    private readonly admin: Caller,
    private readonly checker: Caller,
  ) {}

  putContactPolicy(policy: Body<ContactPolicy>, key: string): Promise<unknown> {
    return this.admin.put('/admin/v1/contact-policy', key, policy);
  }

  getContactPolicy(): Promise<Json<GetContactPolicyResponse>> {
    return this.admin.get('/admin/v1/contact-policy');
  }

  putCapacity(queue: string, slot: string, units: number, key: string): Promise<unknown> {
    return this.admin.put(`/admin/v1/capacity/${queue}/${slot}`, key, { units });
  }

  uploadModel(
    model: { name: string; contentBase64: string; inputSpec: unknown },
    key: string,
  ): Promise<Json<UploadOnnxModelResponse>> {
    return this.admin.post('/admin/v1/onnx-models', key, model);
  }

  /** Proposed by one person and approved by another. */
  async openModelSlot(slot: string, settings: Body<Omit<ModelSlot, 'slot'>>, key: string): Promise<void> {
    const path = `/admin/v1/model-slots/${slot}`;
    const { pendingMoveId } = await this.admin.put<Json<PutModelSlotResponse>>(path, key, settings);
    if (pendingMoveId === '') return;
    await this.checker.post(`${path}/moves/${pendingMoveId}/approve`, `${key}:approve`, { note: 'as trained' });
  }

  async getModelReport(slot: string): Promise<Json<ModelReport>> {
    const { report } = await this.admin.get<Json<GetModelSlotResponse>>(`/admin/v1/model-slots/${slot}`);
    if (report === undefined) throw new Error(`model slot ${slot} has no report`);
    return report;
  }

  async getPush(pushId: string): Promise<Json<Push>> {
    const { push } = await this.admin.get<Json<GetPushResponse>>(`/admin/v1/pushes/${pushId}`);
    if (push === undefined) throw new Error(`there is no push ${pushId}`);
    return push;
  }

  listPushDecisions(pushId: string): Promise<Json<PushDecision>[]> {
    return readPages(
      (pageToken) =>
        this.admin.get<Json<ListPushDecisionsResponse>>(`/admin/v1/pushes/${pushId}/decisions`, {
          pageSize: PAGE_SIZE,
          pageToken,
        }),
      ({ decisions }) => decisions,
    );
  }
}
