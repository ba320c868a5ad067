import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { PlainCode } from '../domain/code-line';
import { joinRanges, type CodeRange } from '../domain/code-range';
import { codeIdOf } from './code-pool.repository';
import {
  assignmentSchema,
  codeSchema,
  providerSchema,
  type AssignmentDocument,
  type CodeDocument,
  type ProviderDocument,
} from './code-pool.schema';

const KEY_BYTES = 32;
const PLACES_AT_ONCE = 1_000;

/** Where a code was imported from. */
export interface CodeSource {
  digest: string;
  poolId: string;
  importId: string;
  line: number;
}

/** Which code an instance has. */
export type Assignment = Pick<AssignmentDocument, 'poolId' | 'codeId' | 'shownAt'>;

/** The codes themselves: sealed at rest, told apart by a keyed digest, never changed. */
@Injectable()
export class PoolCodeRepository {
  private readonly codes: Model<CodeDocument>;
  private readonly providers: Model<ProviderDocument>;
  private readonly assignments: Model<AssignmentDocument>;

  constructor(
    mongo: Mongo,
    private readonly cipher: FieldCipher,
  ) {
    this.codes = mongo.model('PoolCode', codeSchema);
    this.providers = mongo.model('CodeProvider', providerSchema);
    this.assignments = mongo.model('CodeAssignment', assignmentSchema);
  }

  /** Makes the digest key of a provider that is new. */
  async ensureProvider(providerId: string, tx: Transaction): Promise<void> {
    if (await this.providers.findById(providerId, null, { session: tx.session }).lean()) return;
    const sealedDigestKey = this.cipher.seal(randomBytes(KEY_BYTES).toString('base64'));
    await this.providers.create([{ _id: providerId, sealedDigestKey }], { session: tx.session });
  }

  /** A function from a provider's code to its digest: the same for ever, and of no use without the key. */
  async digester(providerId: string, tx: Transaction): Promise<(code: string) => string> {
    const provider = await this.providers.findById(providerId, null, { session: tx.session }).lean<ProviderDocument>();
    if (!provider) throw new Error(`provider ${providerId} has no digest key`);
    const key = Buffer.from(this.cipher.open(provider.sealedDigestKey), 'base64');
    return (code) => createHmac('sha256', key).update(code).digest('base64url');
  }

  /** Which of the digests came in before, and from where. */
  async findSources(digests: readonly string[], tx: Transaction): Promise<Map<string, CodeSource>> {
    const documents = await this.codes.collection
      .find({ digest: { $in: digests as string[] } }, { session: tx.session, projection: { sealed: 0 } })
      .toArray();
    const sources = documents.map(({ _id, digest, importId, line }) => ({
      digest: String(digest),
      poolId: String(_id).replace(/:\d+$/, ''),
      importId: String(importId),
      line: Number(line),
    }));
    return new Map(sources.map((source) => [source.digest, source]));
  }

  /** Adds codes behind the ones the pool has. */
  async addMany(
    poolId: string,
    firstPosition: number,
    codes: readonly (PlainCode & Omit<CodeSource, 'poolId'>)[],
    tx: Transaction,
  ): Promise<void> {
    if (codes.length === 0) return;
    const documents = codes.map(({ code, secret, digest, importId, line }, index) => ({
      _id: codeIdOf(poolId, firstPosition + index),
      digest,
      sealed: this.cipher.seal(JSON.stringify([code, secret])),
      importId,
      line,
    }));
    await this.codes.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Where in the pool the codes of an import are, among some of its places. Codes never change, so it is read piece by piece. */
  async findRanges(
    { poolId, importId }: Pick<CodeSource, 'poolId' | 'importId'>,
    within: CodeRange,
  ): Promise<CodeRange[]> {
    const found: CodeRange[] = [];
    for (let from = within.from; from < within.to; from += PLACES_AT_ONCE) {
      const places = Array.from({ length: Math.min(PLACES_AT_ONCE, within.to - from) }, (_, index) => from + index);
      const documents = await this.codes.collection
        .find(
          { _id: { $in: places.map((place) => codeIdOf(poolId, place)) as never[] } },
          { projection: { importId: 1 } },
        )
        .toArray();
      const importIds = new Map(documents.map((document) => [String(document._id), String(document.importId)]));
      const theirs = places.filter((place) => importIds.get(codeIdOf(poolId, place)) === importId);
      found.push(...joinRanges(theirs.map((place) => ({ from: place, to: place + 1 }))));
    }
    return joinRanges(found);
  }

  async findAssignment(instanceId: string, tx: Transaction): Promise<Assignment | null> {
    return this.assignments.findById(instanceId, null, { session: tx.session }).lean<AssignmentDocument>();
  }

  /** The code itself, in the clear: only for whom it belongs to. */
  async open(codeId: string, tx: Transaction): Promise<PlainCode> {
    const document = await this.codes.findById(codeId, null, { session: tx.session }).lean<CodeDocument>();
    if (!document) throw new Error(`code ${codeId} is gone`);
    const [code, secret] = JSON.parse(this.cipher.open(document.sealed)) as [string, string];
    return { code, secret };
  }

  /** Notes when the code was first shown. */
  async markShown(instanceId: string, shownAt: Date, tx: Transaction): Promise<void> {
    await this.assignments.updateOne({ _id: instanceId }, { $set: { shownAt } }, { session: tx.session });
  }
}
