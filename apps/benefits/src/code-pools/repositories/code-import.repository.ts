import { Injectable } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { FileImportStore } from '@tidegate/imports';
import { Mongo } from '@tidegate/mongo';
import type { CodeImport } from '../importing/code-import';

/** Imports of codes, listed by their pool, the content they received, and the lines they refused. */
@Injectable()
export class CodeImportRepository extends FileImportStore<CodeImport> {
  constructor(mongo: Mongo, cipher: FieldCipher) {
    super(mongo, cipher, 'code_', 'poolId');
  }
}
