import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireStaff } from '../../actor-scope';
import { checkCopy, type CopyFinding } from '../../domain/copy/copy-check';
import { WordLists } from '../../references/word-lists';
import type { CheckCopyInput } from './check-copy.request';

/** Checks texts as publishing will, while they are being written. */
@Injectable()
export class CheckCopyUseCase {
  constructor(private readonly wordLists: WordLists) {}

  /** @throws STAFF_ONLY */
  execute(actor: Actor, { texts, group }: CheckCopyInput): CopyFinding[] {
    requireStaff(actor);
    return checkCopy({ parts: texts, group }, this.wordLists.all);
  }
}
