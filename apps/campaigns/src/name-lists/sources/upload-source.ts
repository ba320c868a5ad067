import { Injectable } from '@nestjs/common';
import { sortRows } from '../domain/list-upload';
import type { NameList } from '../domain/name-list';
import { ListUploadRepository } from '../repositories/list-upload.repository';
import type { MemberPage } from './member-page';

/** The rows of a file that was read, one part of the customers after the other. */
@Injectable()
export class UploadSource {
  constructor(private readonly uploads: ListUploadRepository) {}

  async read({ listId, upload, build }: NameList): Promise<MemberPage> {
    if (upload === null) throw new Error(`name list ${listId} has no file`);
    const bucket = bucketOfToken(build.pageToken);
    const { rows, errors } = sortRows(await this.uploads.listRows(listId, bucket, upload.batchCount));
    return { rows, errors, nextPageToken: bucket + 1 < upload.bucketCount ? String(bucket + 1) : '' };
  }
}

/** The part that a page token stands for. */
export const bucketOfToken = (pageToken: string): number => Number(pageToken || 0);
