import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class Complaint implements rpc.Complaint {
  @shown.text() complaintId!: string;
  @shown.text() customerId!: string;
  @shown.text() subject!: string;
  @shown.text('open, closed.') state!: string;
  @shown.time() openedAt!: Date | undefined;
  @shown.time() closedAt!: Date | undefined;
}

export class OpenComplaintResponse implements rpc.OpenComplaintResponse {
  @shown.part(() => Complaint) complaint!: Complaint | undefined;
}

export class CloseComplaintResponse implements rpc.CloseComplaintResponse {
  @shown.part(() => Complaint) complaint!: Complaint | undefined;
}
