import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireStaff } from '../../actor-scope';
import type { WordList } from '../../domain/copy/word-list';
import { WordLists } from '../../references/word-lists';

@Injectable()
export class ListWordListsUseCase {
  constructor(private readonly wordLists: WordLists) {}

  /** The lists in force. @throws STAFF_ONLY */
  execute(actor: Actor): readonly WordList[] {
    requireStaff(actor);
    return this.wordLists.all;
  }
}
