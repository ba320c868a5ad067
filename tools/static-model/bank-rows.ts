import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AdaptiveModelConfig } from '../../apps/arbitration/src/domain/models/adaptive-model';
import type { Attributes } from '../../apps/arbitration/src/domain/models/features';

/** A customer of the campaign and what the bank's own call came to. */
export interface BankRow {
  attributes: Attributes;
  isSubscribed: boolean;
}

const dataFolder = join(__dirname, '../../data');
const HISTORY_SHARE = 0.4;

/** All customers in the file's order, which is the order of time. */
export const readBankRows = (): BankRow[] => {
  const text = readFileSync(join(dataFolder, 'bank-marketing/bank-full.csv'), 'utf8');
  const records = parse(text, { columns: true }) as Record<string, string>[];
  return records.map(({ y, ...attributes }) => ({ attributes, isSubscribed: y === 'yes' }));
};

/** Lines whose outcome the bank knew when the replay begins. */
export const historyLength = (rows: readonly BankRow[]): number => Math.floor(rows.length * HISTORY_SHARE);

export const readModelFile = (name: string): Buffer => readFileSync(join(dataFolder, 'models', name));

export const readAdaptiveConfig = (): AdaptiveModelConfig =>
  JSON.parse(readModelFile('term-deposit-adaptive.json').toString('utf8')) as AdaptiveModelConfig;
