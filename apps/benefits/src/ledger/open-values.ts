import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { OpenValue } from './domain/open-value';

/** A part of the wallet that holds value for customers. */
export interface OpenValueSource {
  /** How many values there are: whoever reads them all needs memory for them. */
  count(): Promise<number>;
  /** All of them, as they are when they are read. */
  stream(): AsyncIterable<OpenValue>;
  /** One customer's, in a transaction. */
  listOf(customerId: string, tx: Transaction): Promise<OpenValue[]>;
}

/** Features say here what they hold for customers: who checks the ledger knows none of them. */
@Injectable()
export class OpenValues {
  readonly sources: OpenValueSource[] = [];

  add(source: OpenValueSource): void {
    this.sources.push(source);
  }
}
