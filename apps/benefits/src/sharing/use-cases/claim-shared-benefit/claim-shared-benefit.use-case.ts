import { Injectable } from '@nestjs/common';
import { requestIdReused, type ClaimCommand } from '../../../domain/claim';
import { instanceIdOf } from '../../../granting/benefit-granter';
import type { ClaimAnswer } from '../../../granting/claim-committer';
import { ClaimDesk } from '../../../granting/claim-desk';
import { linkNotFound, requireLink } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';
import type { ShareLinkInput } from '../open-share-link/open-share-link.request';

/** Claims a benefit by a link, as the taker's own: what the link has of it is counted when the claim is told. */
@Injectable()
export class ClaimSharedBenefitUseCase {
  constructor(
    private readonly shares: ShareRepository,
    private readonly desk: ClaimDesk,
  ) {}

  /** @throws SHARE_LINK_NOT_FOUND, SHARE_LINK_EXPIRED, REQUEST_ID_REUSED and those of ClaimBenefitUseCase */
  async execute({ requestId, linkId, customerId }: ShareLinkInput): Promise<ClaimAnswer> {
    const link = (await this.shares.findLinks([linkId])).get(linkId);
    if (!link) throw linkNotFound();
    const command: ClaimCommand = {
      requestId: `share|${linkId}|${requestId}`,
      instanceId: instanceIdOf(customerId, `share|${requestId}`),
      stockId: link.stockId,
      customerId,
      decisionId: '',
      shareLinkId: linkId,
    };
    // A claim that won before is told also when the link has expired meanwhile.
    const answer = await this.desk.claim(command, (now) => requireLink(link, now));
    if (answer.instance.claimRequestId !== command.requestId) throw requestIdReused(requestId);
    return answer;
  }
}
