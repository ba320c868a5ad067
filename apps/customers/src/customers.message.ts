import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged, PersonsChanged, type FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { event, type OutgoingEvent } from '@tidegate/mongo';
import type { Complaint } from './domain/complaint';
import { hasComplaintHold, personKeyOf, type Customer } from './domain/customer';
import { heldConsents } from './domain/person-words';
import type { ImportJob } from './importing/import-job';
import type { Fact } from './domain/fact';
import { dataOf, type IncomingEvent } from './domain/incoming-event';
import type { Segment } from './domain/segment';

/** A customer's name and phone as this reader may see them. */
export interface PersonalView {
  name: string;
  phone: string;
}

/** A customer as a message. */
export function customerMessage(customer: Customer, { name, phone }: PersonalView): rpc.Customer {
  return {
    customerId: customer.customerId,
    externalId: customer.externalId,
    name,
    phone,
    birthDate: customer.birthDate === null ? undefined : new Date(`${customer.birthDate}T00:00:00Z`),
    orgPath: customer.orgPath,
    stage: customer.stage,
    attributes: customer.attributes,
    tags: customer.tags.map((tag) => ({ ...tag, validUntil: tag.validUntil ?? undefined })),
    consents: heldConsents(customer),
    hasComplaintHold: hasComplaintHold(customer),
    rfm: customer.rfm ?? undefined,
    version: customer.version,
    createdAt: customer.createdAt,
    personKey: personKeyOf(customer),
  };
}

/** Tells everybody a customer's state after a change; never the name or the phone. */
export const customerChanged = (customer: Customer): OutgoingEvent =>
  event(CustomerChanged, customer.customerId, {
    customer: customerMessage(customer, { name: '', phone: '' }),
    ...(customer.otherCustomerIds?.length && { otherProfiles: { customerIds: customer.otherCustomerIds } }),
  });

/** Tells which natural person profiles are of 自然人. */
export const personsChanged = (subject: string, customers: readonly Customer[]): OutgoingEvent =>
  event(PersonsChanged, subject, {
    profiles: customers.map((customer) => ({
      customerId: customer.customerId,
      personKey: personKeyOf(customer),
      version: customer.version,
    })),
  });

/** A fact from its message, with the time of what carried it for times left out. */
export const factOfMessage = ({ factType, data, occurredAt, acceptedAt, ...ids }: FactRecorded, at: Date): Fact => ({
  ...ids,
  type: factType,
  occurredAt: occurredAt ?? at,
  acceptedAt: acceptedAt ?? at,
  data: data ?? {},
});

/** An import as a message, without what only the worker needs. */
export const importMessage = (job: ImportJob): rpc.Import => ({
  importId: job.importId,
  fileName: job.fileName,
  state: job.state,
  lineCount: job.lineCount,
  createdCount: job.createdCount,
  updatedCount: job.updatedCount,
  unchangedCount: job.unchangedCount,
  refusedCount: job.refusedCount,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt ?? undefined,
  failureReason: job.failureReason,
});

export const segmentMessage = (segment: Segment): rpc.Segment => ({ ...segment, rule: { ...segment.rule } });

export const complaintMessage = (complaint: Complaint): rpc.Complaint => ({
  complaintId: complaint.complaintId,
  customerId: complaint.customerId,
  subject: complaint.subject,
  state: complaint.state,
  openedAt: complaint.openedAt,
  closedAt: complaint.closedAt ?? undefined,
});

/** Data comes as a message or, cheaper, as text. */
export const incomingEvent = (event: rpc.IncomingEvent): IncomingEvent => ({
  id: event.id,
  source: event.source,
  type: event.type,
  subject: event.subject,
  time: event.time,
  data: event.dataJson === undefined ? event.data : dataOf(event.dataJson),
  dataJson: event.dataJson,
});

/** The JSON of FactRecorded, as FactRecorded.toJSON makes it; quicker, and the data need not be written anew. */
export const recordedJson = (fact: Fact, dataJson = JSON.stringify(fact.data)): string =>
  `{"factId":${JSON.stringify(fact.factId)},"factType":"${fact.type}","customerId":"${fact.customerId}","data":${dataJson},` +
  `"occurredAt":"${fact.occurredAt.toISOString()}","acceptedAt":"${fact.acceptedAt.toISOString()}"}`;
