import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';
import { Consent } from './customer.response';

export class RecordConsentResponse implements rpc.RecordConsentResponse {
  @shown.part(() => Consent) consent!: Consent | undefined;
}

export class ConsentRecord implements rpc.ConsentRecord {
  @shown.text() recordId!: string;
  @shown.text() purpose!: string;
  @shown.text() channel!: string;
  @shown.flag() isGranted!: boolean;
  @shown.text() evidence!: string;
  @shown.text() actor!: string;
  @shown.time() recordedAt!: Date | undefined;
}

export class ListConsentRecordsResponse implements rpc.ListConsentRecordsResponse {
  @shown.parts(() => ConsentRecord) records!: ConsentRecord[];
  @shown.text() nextPageToken!: string;
}
