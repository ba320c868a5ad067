import { Injectable } from '@nestjs/common';
import { ConsentRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { requireOrgScope } from '@tidegate/grpc';
import { event, Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ArbitrationGate } from '../../arbitration-gate';
import { findConsent, withConsent, type Consent, type ConsentRecord } from '../../domain/consent';
import { changed, type Customer } from '../../domain/customer';
import { heldConsents, type HeldConsent } from '../../domain/person-words';
import { ConsentRecordRepository } from '../../repositories/consent-record.repository';
import { CustomerRepository } from '../../repositories/customer.repository';
import { ProfileWriter } from '../../profile-writer';
import type { RecordConsentInput } from './record-consent.request';

/**
 * Grants or withdraws one purpose × channel. What is answered already holds in arbitration:
 * - A withdrawal goes there first, while our transaction holds the customer, and is committed after. Whatever breaks in
 *   between, nobody is contacted who withdrew; the caller gets an error and repeats.
 * - A grant is committed first and goes there after: nobody is contacted on a grant that was not recorded. Where another profile of
 *   the person refuses for the same purpose it goes by the event alone, which tells the two together.
 * What a profile refuses holds for all profiles of its person, before the answer too.
 */
@Injectable()
export class RecordConsentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly records: ConsentRecordRepository,
    private readonly profiles: ProfileWriter,
    private readonly arbitration: ArbitrationGate,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers the consent as it holds: a grant where another profile of the person refuses is no grant yet.
   * @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED, PEER_UNAVAILABLE, PEER_TIMED_OUT
   */
  async execute({ requestId, ...input }: RecordConsentInput, actor: Actor): Promise<HeldConsent> {
    const { customerId } = input;
    const { consent, version, isHeldBack } = await this.mongo.once(
      // Apps choose their ids.
      { scope: `record-consent|${customerId}`, requestId, input },
      async (tx) => {
        const held = await this.customers.get(customerId, tx);
        requireOrgScope(actor, held.orgPath);
        const written = await this.record(held, input, actor, tx);
        if (!input.isGranted) await this.arbitration.applyConsents(written, input);
        const [{ version, personRefusals = [] }] = written;
        return {
          consent: findConsent(heldConsents(written[0]), input)!,
          version,
          isHeldBack: personRefusals.some(({ purpose }) => purpose === input.purpose),
        };
      },
    );
    // Also on a repeat: the first call may have failed right here.
    if (input.isGranted && !isHeldBack) await this.arbitration.applyConsents([{ customerId, version }], input);
    return consent;
  }

  private async record(
    held: Customer,
    { purpose, channel, isGranted, evidence }: Omit<RecordConsentInput, 'requestId'>,
    actor: Actor,
    tx: Transaction,
  ): Promise<[Customer, ...Customer[]]> {
    const now = this.clock.now();
    const { customerId } = held;
    const consent: Consent = { purpose, channel, isGranted, changedAt: now };
    const customer = changed(held, { consents: withConsent(held.consents, consent) });
    const record: ConsentRecord = {
      recordId: newId(),
      customerId,
      purpose,
      channel,
      isGranted,
      evidence,
      actor: actor.id,
      recordedAt: now,
    };
    await this.records.addMany([record], tx);
    const written = await this.profiles.save(customer, tx);
    tx.emit(event(ConsentRecorded, customerId, { customerId, record }));
    return written;
  }
}
