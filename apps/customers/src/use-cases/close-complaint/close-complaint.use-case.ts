import { Injectable } from '@nestjs/common';
import { ComplaintChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { requireOrgScope } from '@tidegate/grpc';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ArbitrationGate } from '../../arbitration-gate';
import { complaintMessage } from '../../customers.message';
import { closeComplaint, type Complaint } from '../../domain/complaint';
import { changed, hasComplaintHold } from '../../domain/customer';
import { ComplaintRepository } from '../../repositories/complaint.repository';
import { CustomerRepository } from '../../repositories/customer.repository';
import { ProfileWriter } from '../../profile-writer';
import type { CloseComplaintInput } from './close-complaint.request';

/** Closes a complaint. Promotion resumes when no other of the person is open: committed first, told to arbitration after. */
@Injectable()
export class CloseComplaintUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly complaints: ComplaintRepository,
    private readonly profiles: ProfileWriter,
    private readonly arbitration: ArbitrationGate,
    private readonly clock: Clock,
  ) {}

  /** @throws COMPLAINT_NOT_FOUND, COMPLAINT_CLOSED, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED, PEER_UNAVAILABLE */
  async execute({ requestId, ...input }: CloseComplaintInput, actor: Actor): Promise<Complaint> {
    const { complaint, freed } = await this.mongo.once({ scope: 'close-complaint', requestId, input }, async (tx) => {
      const open = await this.complaints.get(input.complaintId, tx);
      const held = await this.customers.get(open.customerId, tx);
      requireOrgScope(actor, held.orgPath);
      const closed = closeComplaint(open, input.resolution, this.clock.now());
      const customer = changed(held, { openComplaintCount: held.openComplaintCount - 1 });
      await this.complaints.save(closed, tx);
      const written = await this.profiles.save(customer, tx);
      tx.emit(event(ComplaintChanged, closed.complaintId, { complaint: complaintMessage(closed) }));
      const freed = written.filter((profile) => !hasComplaintHold(profile));
      return { complaint: closed, freed: freed.map(({ customerId, version }) => ({ customerId, version })) };
    });
    await this.arbitration.applyHolds(freed, false);
    return complaint;
  }
}
