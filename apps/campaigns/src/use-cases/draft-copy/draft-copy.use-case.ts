import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { answerInvalid, CopyModel } from '../../adapters/copy-model';
import { requireStaff } from '../../actor-scope';
import { checkCopy, type CopyFinding } from '../../domain/copy/copy-check';
import { draftIn, promptOf, requireImpersonal, type CopyBrief, type CopyDraft } from '../../domain/copy/copy-brief';
import { WordLists } from '../../references/word-lists';
import type { DraftCopyInput } from './draft-copy.request';

export interface CopyVariant extends CopyDraft {
  findings: CopyFinding[];
}

const VARIANTS_FALLBACK = 3;

/** Drafts of a text side by side, each checked. Nothing is stored: a draft goes out only in a strategy that somebody else approved. */
@Injectable()
export class DraftCopyUseCase {
  constructor(
    private readonly model: CopyModel,
    private readonly wordLists: WordLists,
  ) {}

  /** @throws VALIDATION_FAILED, COPY_MODEL_OFF, COPY_MODEL_BUSY, COPY_MODEL_UNAVAILABLE, COPY_MODEL_TIMED_OUT, COPY_MODEL_ANSWER_INVALID */
  async execute(actor: Actor, input: DraftCopyInput): Promise<{ variants: CopyVariant[]; model: string }> {
    requireStaff(actor);
    const brief: CopyBrief = { ...input, language: input.language || 'zh' };
    requireImpersonal(brief);
    const [system = '', user = ''] = promptOf(brief, this.wordLists.all);
    const count = input.variantCount || VARIANTS_FALLBACK;
    const answers = await Promise.allSettled(Array.from({ length: count }, () => this.model.complete(system, user)));
    const texts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const drafts = texts.flatMap((text) => draftIn(text) ?? []);
    // One draft is better than none; none says why.
    if (drafts.length === 0) throw answers.find((answer) => answer.status === 'rejected')?.reason ?? answerInvalid();
    return { variants: drafts.map((draft) => this.checked(draft, brief)), model: this.model.name };
  }

  private checked(draft: CopyDraft, { group }: CopyBrief): CopyVariant {
    const parts = [
      { field: 'title', text: draft.title },
      { field: 'body', text: draft.body },
    ].filter(({ text }) => text !== '');
    return { ...draft, findings: checkCopy({ parts, group }, this.wordLists.all) };
  }
}
