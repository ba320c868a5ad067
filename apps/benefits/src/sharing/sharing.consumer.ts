import { Injectable } from '@nestjs/common';
import { SharedBenefitClaimed } from '@tidegate/contracts/benefits/v1/shares_events';
import { Subscriptions } from '@tidegate/messaging';
import { NoteSharedClaimsUseCase } from './use-cases/note-shared-claims/note-shared-claims.use-case';

/** The counts of a link may be so much behind; in return a busy hour costs few transactions. */
const OPTIONS = { consumer: 'sharing', gatherMs: 50 };

/** Every event inlet of sharing. */
@Injectable()
export class SharingConsumer {
  constructor(subscriptions: Subscriptions, noteSharedClaims: NoteSharedClaimsUseCase) {
    subscriptions.on(
      SharedBenefitClaimed,
      (events, tx) =>
        noteSharedClaims.execute(
          events.map(({ data }) => data),
          tx,
        ),
      OPTIONS,
    );
  }
}
