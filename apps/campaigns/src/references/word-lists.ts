import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config';
import { BUILT_IN_WORD_LISTS } from '../domain/copy/built-in-word-lists';
import { parseWordList, type WordList } from '../domain/copy/word-list';

/** Word lists 词表 in force: those of the platform, always, and the bank's own from its folder. */
@Injectable()
export class WordLists {
  readonly all: readonly WordList[];

  /** @throws Error when the bank's folder holds something else: it must not start without its checks */
  constructor({ wordListsFolder }: CampaignsConfig) {
    this.all = [...BUILT_IN_WORD_LISTS, ...(wordListsFolder === '' ? [] : readFolder(wordListsFolder))];
  }
}

const readFolder = (folder: string): WordList[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      return parseWordList(JSON.parse(readFileSync(file, 'utf8')), file);
    });
