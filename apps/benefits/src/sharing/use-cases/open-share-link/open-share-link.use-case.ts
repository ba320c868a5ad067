import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { PersonRepository } from '../../../repositories/person.repository';
import { linkNotFound, requireLink } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';
import type { ShareLinkInput } from './open-share-link.request';

/** Shows what a link leads to, and counts who opened it: each customer once, the sharer never, under any of his customer ids. */
@Injectable()
export class OpenShareLinkUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly shares: ShareRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws SHARE_LINK_NOT_FOUND, SHARE_LINK_EXPIRED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: ShareLinkInput): Promise<{ stockId: string; expiresAt: Date }> {
    return this.mongo.once({ scope: `open-share-link|${input.customerId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const link = (await this.shares.findLinks([input.linkId], tx)).get(input.linkId);
      if (!link) throw linkNotFound();
      requireLink(link, now);
      const persons = await this.persons.find([input.customerId, link.customerId], tx);
      const isCounted =
        !persons.isOne(input.customerId, link.customerId) &&
        (await this.shares.addVisit(link.linkId, input.customerId, now, tx));
      if (isCounted) await this.shares.saveLinks([{ ...link, openedCount: link.openedCount + 1 }], tx);
      return { stockId: link.stockId, expiresAt: link.expiresAt };
    });
  }
}
