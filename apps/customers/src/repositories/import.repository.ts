import { Injectable } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { FileImportStore } from '@tidegate/imports';
import { Mongo } from '@tidegate/mongo';
import type { ImportJob } from '../importing/import-job';

/** Imports of customers, the content they received, and the lines they refused. */
@Injectable()
export class ImportRepository extends FileImportStore<ImportJob> {
  constructor(mongo: Mongo, cipher: FieldCipher) {
    super(mongo, cipher);
  }
}
