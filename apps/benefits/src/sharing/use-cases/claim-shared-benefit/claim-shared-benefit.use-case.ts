import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { repeatClaim, requestIdReused, type ClaimCommand } from '../../../domain/claim';
import { instanceIdOf } from '../../../granting/benefit-granter';
import { ClaimCommitter, type ClaimAnswer } from '../../../granting/claim-committer';
import { InstanceRepository } from '../../../repositories/instance.repository';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import { linkNotFound, requireLink } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';
import type { ShareLinkInput } from '../open-share-link/open-share-link.request';

/** Claims a benefit by a link, as the taker's own: what the link has of it is counted when the claim is told. */
@Injectable()
export class ClaimSharedBenefitUseCase {
  constructor(
    private readonly shares: ShareRepository,
    private readonly committer: ClaimCommitter,
    private readonly instances: InstanceRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
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
    const answer = await this.answer(command, () => requireLink(link, this.clock.now()));
    if (answer.instance.claimRequestId !== command.requestId) throw requestIdReused(requestId);
    return answer;
  }

  /** A claim that won before is told also when the link has expired meanwhile. */
  private async answer(command: ClaimCommand, requireOpen: () => void): Promise<ClaimAnswer> {
    const winner = await this.instances.findGathered(command.instanceId);
    if (winner) return { instance: repeatClaim(winner, command), isRepeat: true };
    requireOpen();
    return this.committer.submit(command, await this.catalogue.get(command.stockId));
  }
}
