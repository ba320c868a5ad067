import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo, prepareSave, type Transaction } from '@tidegate/mongo';
import { PROFILES_MAX } from '@tidegate/persons';
import { Schema, type Model, type mongo } from 'mongoose';
import { namesOf, Persons, type PersonLink } from '../domain/person';

interface PersonLinkDocument {
  /** Customer id. */
  _id: string;
  /** Left out when it is empty, as `personId` is. */
  personKey?: string;
  version?: number;
  personId?: string;
  /** All by which it is looked up, in one read: the customer id, and what of the two there is. */
  names: string[];
}

/** So many links of one look-up are no crowd yet. */
const LINKS_MAX = 5_000;
/** Links of a deployment from before they had names that are given them at once. */
const NAMELESS_PER_READ = 1_000;

const personLinkSchema = new Schema<PersonLinkDocument>(
  { _id: String, personKey: String, version: Number, personId: String, names: [String] },
  { collection: 'person_links', versionKey: false },
);
personLinkSchema.index({ names: 1 });

/** Which customer ids are of one natural person 同一自然人; one that is not linked is a person of his own. */
@Injectable()
export class PersonRepository implements OnModuleInit {
  private readonly model: Model<PersonLinkDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('PersonLink', personLinkSchema);
  }

  /** Gives names to links that were stored without, before anybody is looked up by them. */
  async onModuleInit(): Promise<void> {
    const nameless: mongo.Filter<PersonLinkDocument> = { names: { $eq: null as never } };
    for (;;) {
      const links = (await this.collection.find(nameless).limit(NAMELESS_PER_READ).toArray()).map(toLink);
      if (links.length === 0) return;
      await this.collection.bulkWrite(
        links.map((link) => ({
          updateOne: { filter: { _id: link.customerId, ...nameless }, update: { $set: { names: namesOf(link) } } },
        })),
        { ordered: false },
      );
    }
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
  saveLinks(links: readonly PersonLink[], known: ReadonlySet<string>, tx: Transaction): Promise<void> {
    return prepareSave(this.model, links.map(toDocument), known)(tx);
  }

  /** Of a crowd under one name no more than tells that it is one. */
  private async findNaming(names: readonly string[], tx?: Transaction): Promise<PersonLink[]> {
    const find = async (filter: mongo.Filter<PersonLinkDocument>, limit: number): Promise<PersonLink[]> =>
      (await this.collection.find(filter, { session: tx?.session }).limit(limit).toArray()).map(toLink);
    const found = await find({ names: { $in: [...names] } }, LINKS_MAX);
    if (found.length < LINKS_MAX) return found;
    const links: PersonLink[] = [];
    // One after another: a session runs one operation at a time.
    for (const name of names) links.push(...(await find({ names: name }, PROFILES_MAX + 1)));
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

const toDocument = (link: PersonLink): PersonLinkDocument => ({
  _id: link.customerId,
  ...(link.personKey && { personKey: link.personKey }),
  version: link.version,
  ...(link.personId && { personId: link.personId }),
  names: namesOf(link),
});
