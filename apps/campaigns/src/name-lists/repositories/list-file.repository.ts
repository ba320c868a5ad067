import { Injectable } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { FileContent, type FileTerms } from '@tidegate/imports';
import { Mongo } from '@tidegate/mongo';

const TERMS: FileTerms = {
  chunkCountMax: 512,
  reasons: {
    finished: 'NAME_LIST_NOT_RECEIVING',
    outOfOrder: 'NAME_LIST_CHUNK_OUT_OF_ORDER',
    differs: 'NAME_LIST_CONTENT_DIFFERS',
    tooLarge: 'NAME_LIST_TOO_LARGE',
  },
};

/** Files of lists as they came in. */
@Injectable()
export class ListFileRepository extends FileContent {
  constructor(mongo: Mongo, cipher: FieldCipher) {
    super(mongo, cipher, TERMS, 'name_list_');
  }
}
