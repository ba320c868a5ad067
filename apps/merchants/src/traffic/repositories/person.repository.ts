import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { Persons, PROFILES_MAX, type PersonLink } from '../domain/person';

interface PersonLinkDocument extends Omit<PersonLink, 'customerId'> {
  /** Customer id. */
  _id: string;
}

/** So many links of one look-up are no crowd yet. */
const LINKS_MAX = 5_000;

const personLinkSchema = new Schema<PersonLinkDocument>(
  { _id: String, personKey: { type: String, required: true }, version: { type: Number, required: true } },
  { collection: 'person_links', versionKey: false },
);
personLinkSchema.index({ personKey: 1 });

/** Which profiles are of one natural person 同一自然人. */
@Injectable()
export class PersonRepository {
  private readonly links: Model<PersonLinkDocument>;

  constructor(mongo: Mongo) {
    this.links = mongo.model('PersonLink', personLinkSchema);
  }

  /** The persons behind profiles, with all their profiles. */
  async find(customerIds: readonly string[], tx?: Transaction): Promise<Persons> {
    const known = await this.findLinks(customerIds, tx);
    const keys = [...new Set(known.map(({ personKey }) => personKey))];
    return new Persons(keys.length === 0 ? [] : await this.listOfKeys(keys, tx));
  }

  async findLinks(customerIds: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    return this.read({ _id: { $in: customerIds } }, customerIds.length, tx);
  }

  async saveLinks(links: readonly PersonLink[], { session }: Transaction): Promise<void> {
    if (links.length === 0) return;
    const writes = links.map(({ customerId, ...fields }) => ({
      updateOne: { filter: { _id: customerId }, update: { $set: fields }, upsert: true },
    }));
    await this.links.bulkWrite(writes, { session });
  }

  /** Of a crowd under one key no more than tells that it is one. */
  private async listOfKeys(keys: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const found = await this.read({ personKey: { $in: keys } }, LINKS_MAX, tx);
    if (found.length < LINKS_MAX) return found;
    const links: PersonLink[] = [];
    for (const personKey of keys) links.push(...(await this.read({ personKey }, PROFILES_MAX + 1, tx)));
    return links;
  }

  private async read(filter: object, limit: number, tx?: Transaction): Promise<PersonLink[]> {
    const documents = await this.links
      .find(filter, null, { session: tx?.session })
      .limit(limit)
      .lean<PersonLinkDocument[]>();
    return documents.map(({ _id, ...link }) => ({ customerId: _id, ...link }));
  }
}
