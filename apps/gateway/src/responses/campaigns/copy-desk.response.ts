import type * as rpc from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { shown } from '../../http/shown';
import { Script } from './script.response';

/** Something that keeps a text from going out. */
export class CopyFinding implements rpc.CopyFinding {
  @shown.text() field!: string;
  @shown.text('COPY_FORBIDDEN_PROMISE, COPY_RISK_WORDS_MISSING.') code!: string;
  @shown.text('As it was typed.') phrase!: string;
  @shown.text() advice!: string;
  @shown.text() listId!: string;
  @shown.text() listVersion!: string;
  @shown.text() entryId!: string;
  @shown.text('The law, standard or house rule behind it.') source!: string;
}

export class CheckCopyResponse implements rpc.CheckCopyResponse {
  @shown.parts(() => CopyFinding) findings!: CopyFinding[];
}

export class WordListEntry implements rpc.WordListEntry {
  @shown.text() entryId!: string;
  @shown.text() source!: string;
  @shown.texts() phrases!: string[];
  @shown.texts('required: one of these must be there.') anyOf!: string[];
}

/** A word list 词表 in force. */
export class WordList implements rpc.WordList {
  @shown.text() listId!: string;
  @shown.text() version!: string;
  @shown.text('forbidden, required.') kind!: string;
  @shown.text() title!: string;
  @shown.parts(() => WordListEntry) entries!: WordListEntry[];
}

export class ListWordListsResponse implements rpc.ListWordListsResponse {
  @shown.parts(() => WordList) wordLists!: WordList[];
}

export class CopyVariant implements rpc.CopyVariant {
  @shown.text() title!: string;
  @shown.text() body!: string;
  @shown.parts(() => CopyFinding) findings!: CopyFinding[];
}

export class DraftCopyResponse implements rpc.DraftCopyResponse {
  @shown.parts(() => CopyVariant) variants!: CopyVariant[];
  @shown.text('The model that wrote them.') model!: string;
}

export class ListScriptsResponse implements rpc.ListScriptsResponse {
  @shown.parts(() => Script) scripts!: Script[];
  @shown.text() nextPageToken!: string;
}

export class ListScriptVersionsResponse implements rpc.ListScriptVersionsResponse {
  @shown.parts(() => Script) scripts!: Script[];
  @shown.text() nextPageToken!: string;
}

export class RenderScriptResponse implements rpc.RenderScriptResponse {
  @shown.part(() => Script) script!: Script | undefined;
}
