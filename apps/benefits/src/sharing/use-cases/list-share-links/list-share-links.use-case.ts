import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { CustomerPageInput } from '../../../definitions/definition.request';
import type { ShareLink } from '../../domain/share-link';
import { ShareRepository } from '../../repositories/share.repository';

/** A customer's own links, newest first. */
@Injectable()
export class ListShareLinksUseCase {
  constructor(private readonly shares: ShareRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(page: CustomerPageInput): Promise<{ links: ShareLink[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { createdAt: token.at, linkId: token.id };
    const links = await this.shares.list(page.customerId, limit, after);
    const last = links.length === limit ? links.at(-1) : undefined;
    return { links, nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.linkId]) : '' };
  }
}
