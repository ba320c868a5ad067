import { Injectable } from '@nestjs/common';
import { ComplaintChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { requireOrgScope } from '@tidegate/grpc';
import { event, Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ArbitrationGate } from '../../arbitration-gate';
import { complaintMessage } from '../../customers.message';
import type { Complaint } from '../../domain/complaint';
import { changed } from '../../domain/customer';
import { ComplaintRepository } from '../../repositories/complaint.repository';
import { CustomerRepository } from '../../repositories/customer.repository';
import { ProfileWriter } from '../../profile-writer';
import type { OpenComplaintInput } from './open-complaint.request';

/**
 * Opens a complaint 投诉 and stops promotion at once, to all profiles of the person: the hold is in arbitration before the complaint is committed, so it can
 * be there without a complaint after a failure, never the other way round.
 */
@Injectable()
export class OpenComplaintUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly complaints: ComplaintRepository,
    private readonly profiles: ProfileWriter,
    private readonly arbitration: ArbitrationGate,
    private readonly clock: Clock,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED, PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async execute({ requestId, ...input }: OpenComplaintInput, actor: Actor): Promise<Complaint> {
    // Apps choose their ids.
    return this.mongo.once({ scope: `open-complaint|${input.customerId}`, requestId, input }, async (tx) => {
      const held = await this.customers.get(input.customerId, tx);
      requireOrgScope(actor, held.orgPath);
      const customer = changed(held, { openComplaintCount: held.openComplaintCount + 1 });
      const complaint: Complaint = {
        ...input,
        complaintId: newId(),
        state: 'open',
        resolution: '',
        openedAt: this.clock.now(),
        closedAt: null,
      };
      await this.complaints.add(complaint, tx);
      const written = await this.profiles.save(customer, tx);
      tx.emit(event(ComplaintChanged, complaint.complaintId, { complaint: complaintMessage(complaint) }));
      await this.arbitration.applyHolds(written, true);
      return complaint;
    });
  }
}
