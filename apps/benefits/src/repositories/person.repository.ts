import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { PROFILES_MAX } from '@tidegate/persons';
import { Schema, type Model, type mongo } from 'mongoose';
import { namesOf, Persons, type PersonLink } from '../domain/person';

/** Empty fields are left out, so that the indexes hold only what names somebody. */
interface PersonLinkDocument {
  /** Customer id. */
  _id: string;
  personKey?: string;
  version?: number;
  personId?: string;
}

/** So many links of one look-up are no crowd yet. */
const LINKS_MAX = 5_000;

const personLinkSchema = new Schema<PersonLinkDocument>(
  { _id: String, personKey: String, version: Number, personId: String },
  { collection: 'person_links', versionKey: false },
);
personLinkSchema.index({ personKey: 1 }, { sparse: true });
personLinkSchema.index({ personId: 1 }, { sparse: true });

/** Which customer ids are of one natural person 同一自然人; one that is not linked is a person of his own. */
@Injectable()
export class PersonRepository {
  private readonly model: Model<PersonLinkDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('PersonLink', personLinkSchema);
  }

  /** The persons behind customer ids, with all that belongs to them. */
  async find(customerIds: readonly string[], tx?: Transaction): Promise<Persons> {
    const links = new Map<string, PersonLink>();
    const asked = new Set<string>();
    let names = [...new Set(customerIds)];
    while (names.length > 0) {
      for (const name of names) asked.add(name);
      for (const link of await this.findNaming(names, tx)) links.set(link.customerId, link);
      names = [...new Set([...links.values()].flatMap(namesOf))].filter((name) => !asked.has(name));
    }
    return new Persons([...links.values()]);
  }

  async findLinks(customerIds: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const filter = { _id: { $in: [...customerIds] } };
    return (await this.collection.find(filter, { session: tx?.session }).toArray()).map(toLink);
  }

  /** Writes links whole; `known` were there. The snapshot's write conflict is the guard against a lost update. */
  async saveLinks(links: readonly PersonLink[], known: ReadonlySet<string>, { session }: Transaction): Promise<void> {
    const [changed, fresh] = [true, false].map((isKnown) =>
      links.filter(({ customerId }) => known.has(customerId) === isKnown).map(toDocument),
    ) as [PersonLinkDocument[], PersonLinkDocument[]];
    if (fresh.length > 0) await this.collection.insertMany(fresh, { session });
    if (changed.length === 0) return;
    const writes = changed.map(({ _id, ...replacement }) => ({ replaceOne: { filter: { _id }, replacement } }));
    await this.collection.bulkWrite(writes, { session, ordered: false });
  }

  private async findNaming(names: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const reads = [
      () => this.findLinks(names, tx),
      () => this.findNamed('personKey', names, tx),
      () => this.findNamed('personId', names, tx),
    ];
    if (!tx) return (await Promise.all(reads.map((read) => read()))).flat();
    const links: PersonLink[] = [];
    // One after another: a session runs one operation at a time.
    for (const read of reads) links.push(...(await read()));
    return links;
  }

  /** Of a crowd under one name no more than tells that it is one. */
  private async findNamed(
    field: 'personKey' | 'personId',
    names: readonly string[],
    tx?: Transaction,
  ): Promise<PersonLink[]> {
    const find = (filter: mongo.Filter<PersonLinkDocument>, limit: number) =>
      this.collection.find(filter, { session: tx?.session }).limit(limit).toArray();
    const found = await find({ [field]: { $in: [...names] } }, LINKS_MAX);
    if (found.length < LINKS_MAX) return found.map(toLink);
    const links: PersonLink[] = [];
    for (const name of names) links.push(...(await find({ [field]: name }, PROFILES_MAX + 1)).map(toLink));
    return links;
  }

  private get collection(): mongo.Collection<PersonLinkDocument> {
    return this.model.collection as unknown as mongo.Collection<PersonLinkDocument>;
  }
}

const toLink = ({ _id, personKey = '', version = 0, personId = '' }: PersonLinkDocument): PersonLink => ({
  customerId: _id,
  personKey,
  version,
  personId,
});

const toDocument = ({ customerId, personKey, version, personId }: PersonLink): PersonLinkDocument => ({
  _id: customerId,
  ...(personKey && { personKey }),
  version,
  ...(personId && { personId }),
});
