import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo, type PipelineStage } from 'mongoose';
import { Persons, PROFILES_MAX, type PersonLink } from '@tidegate/persons';

interface PersonLinkDocument {
  /** Customer id. */
  _id: string;
  personKey: string;
  version: number;
}

/** So many links of one look-up are no crowd yet. */
const LINKS_MAX = 5_000;
/** Keys looked up at once. */
const KEYS_MAX = 500;

const COLLECTION = 'person_links';

const schema = new Schema<PersonLinkDocument>(
  { _id: String, personKey: String, version: Number },
  { collection: COLLECTION, versionKey: false },
);
schema.index({ personKey: 1 });

/** Stages of an aggregation that put beside each document the link of its customer, as far as there is one. */
export const withLink = (customerIdField: string, as: string): [PipelineStage.Lookup, PipelineStage.Unwind] => [
  { $lookup: { from: COLLECTION, localField: customerIdField, foreignField: '_id', as } },
  { $unwind: { path: `$${as}`, preserveNullAndEmptyArrays: true } },
];

/** Which profiles are of one natural person, as `customers` told it. */
@Injectable()
export class PersonLinkRepository {
  private readonly links: Model<PersonLinkDocument>;

  constructor(mongo: Mongo) {
    this.links = mongo.model('PersonLink', schema);
  }

  /** The persons behind customer ids. */
  async find(customerIds: readonly string[], tx?: Transaction): Promise<Persons> {
    return new Persons(await this.listOfPersons(customerIds, tx));
  }

  /** The customer and the other profiles of his person. */
  async profilesOf(customerId: string, tx?: Transaction): Promise<readonly [string, ...string[]]> {
    return (await this.find([customerId], tx)).profilesOf(customerId);
  }

  /** The links of all profiles of the persons behind customer ids. */
  async listOfPersons(customerIds: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const own = await this.findMany(customerIds, tx);
    return own.length === 0 ? [] : this.listOf([...new Set(own.map(({ personKey }) => personKey))], tx);
  }

  async findMany(customerIds: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    if (customerIds.length === 0) return [];
    const filter = { _id: { $in: [...new Set(customerIds)] } };
    return (await this.collection.find(filter, { session: tx?.session }).toArray()).map(toLink);
  }

  /** Of these keys those under which there are so many profiles that they are no person. */
  async findCrowds(personKeys: readonly string[]): Promise<Set<string>> {
    const counts = new Map<string, number>();
    for (let at = 0; at < personKeys.length; at += KEYS_MAX) {
      for (const { personKey } of await this.listOf(personKeys.slice(at, at + KEYS_MAX))) {
        counts.set(personKey, (counts.get(personKey) ?? 0) + 1);
      }
    }
    return new Set([...counts].flatMap(([personKey, count]) => (count > PROFILES_MAX ? [personKey] : [])));
  }

  /** @param known profiles whose link was read in the same transaction: the others are new, and two who write one at once collide */
  async saveMany(links: readonly PersonLink[], known: ReadonlySet<string>, { session }: Transaction): Promise<void> {
    const fresh = links.filter(({ customerId }) => !known.has(customerId));
    const changed = links.filter(({ customerId }) => known.has(customerId));
    if (fresh.length > 0) {
      const documents = fresh.map(({ customerId, ...link }) => ({ _id: customerId, ...link }));
      await this.collection.insertMany(documents, { session });
    }
    if (changed.length === 0) return;
    await this.collection.bulkWrite(
      changed.map(({ customerId, ...link }) => ({
        updateOne: { filter: { _id: customerId }, update: { $set: link } },
      })),
      { session, ordered: false },
    );
  }

  /** Of a crowd under one key no more than tells that it is one. */
  private async listOf(personKeys: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const list = async (keys: readonly string[], limit: number): Promise<PersonLink[]> => {
      const filter = { personKey: { $in: [...keys] } };
      return (await this.collection.find(filter, { session: tx?.session }).limit(limit).toArray()).map(toLink);
    };
    const found = await list(personKeys, LINKS_MAX);
    if (found.length < LINKS_MAX) return found;
    const links: PersonLink[] = [];
    // One after another: a session runs one operation at a time.
    for (const personKey of personKeys) links.push(...(await list([personKey], PROFILES_MAX + 1)));
    return links;
  }

  private get collection(): mongo.Collection<PersonLinkDocument> {
    return this.links.collection as unknown as mongo.Collection<PersonLinkDocument>;
  }
}

const toLink = ({ _id, ...link }: PersonLinkDocument): PersonLink => ({ customerId: _id, ...link });
