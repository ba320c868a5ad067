import { newGrants, withConsent, type ConsentGrant } from './consent';
import { changed, type Attributes, type Customer } from './customer';
import { customerIdOf } from './customer-id';
import type { CustomerLine } from './import-line';
import { holdsTag, withTag, type Tag } from './tag';

/** Seals and opens personal fields, and digests a line; all with keys that the domain never sees. */
export interface PersonalFields {
  seal(plain: string): string;
  open(sealed: string): string;
  /** Keyed digest: the same text gives the same digest, and nobody without the key can guess the text from it. */
  digest(text: string): string;
}

/** What holds for every line of one import. */
export interface ImportTerms {
  defaultOrgPath: string;
  consents: readonly ConsentGrant[];
  tags: readonly string[];
  now: Date;
}

export type ImportOutcome =
  { kind: 'unchanged' } | { kind: 'created' | 'updated'; customer: Customer; grants: ConsentGrant[] };

/**
 * What a line makes of the customer it names. The same line again changes nothing, whatever happened to the profile since.
 * Otherwise what the line says replaces what was known, what it does not say stays, and consents are only added where the
 * customer never said anything.
 */
export function importCustomer(
  existing: Customer | undefined,
  line: CustomerLine,
  terms: ImportTerms,
  fields: PersonalFields,
): ImportOutcome {
  const importDigest = fields.digest(JSON.stringify([line, terms.tags, terms.consents]));
  if (!existing) {
    const personKey = line.phone ? fields.digest(`person|${line.phone}`) : customerIdOf(line.externalId);
    const customer = fill({ ...emptyCustomer(line, terms), personKey }, line, terms, fields);
    return { kind: 'created', customer: { ...customer, importDigest }, grants: [...terms.consents] };
  }
  if (existing.importDigest === importDigest) return { kind: 'unchanged' };
  const grants = newGrants(existing.consents, terms.consents);
  const next = fill(existing, line, terms, fields);
  if (grants.length === 0 && isSameContent(existing, next)) return { kind: 'unchanged' };
  return { kind: 'updated', customer: changed(existing, { ...next, importDigest }), grants };
}

const emptyCustomer = (line: CustomerLine, terms: ImportTerms): Customer => ({
  customerId: customerIdOf(line.externalId),
  externalId: line.externalId,
  sealedName: '',
  sealedPhone: '',
  birthDate: null,
  orgPath: terms.defaultOrgPath,
  stage: 'mature',
  attributes: {},
  balanceAt: null,
  tags: [],
  consents: [],
  openComplaintCount: 0,
  rfm: null,
  importDigest: '',
  version: 1,
  createdAt: terms.now,
});

function fill(base: Customer, line: CustomerLine, terms: ImportTerms, fields: PersonalFields): Customer {
  const reseal = (sealed: string, plain: string | undefined): string =>
    plain === undefined || (sealed !== '' && fields.open(sealed) === plain) ? sealed : fields.seal(plain);
  const tags = terms.tags.map((tag): Tag => ({
    tag,
    value: '',
    source: 'import',
    validUntil: null,
    refreshedAt: terms.now,
  }));
  return {
    ...base,
    sealedName: reseal(base.sealedName, line.name),
    sealedPhone: reseal(base.sealedPhone, line.phone),
    birthDate: line.birthDate ?? base.birthDate,
    orgPath: line.orgPath ?? base.orgPath,
    stage: line.stage ?? base.stage,
    attributes: { ...base.attributes, ...line.attributes },
    tags: tags.reduce((held, tag) => (holdsTag(held, tag) ? held : withTag(held, tag)), base.tags),
    consents: newGrants(base.consents, terms.consents).reduce(
      (held, grant) => withConsent(held, { ...grant, isGranted: true, changedAt: terms.now }),
      base.consents,
    ),
  };
}

const isSameContent = (a: Customer, b: Customer): boolean =>
  a.sealedName === b.sealedName &&
  a.sealedPhone === b.sealedPhone &&
  a.birthDate === b.birthDate &&
  a.orgPath === b.orgPath &&
  a.stage === b.stage &&
  a.tags === b.tags &&
  isSameAttributes(a.attributes, b.attributes);

function isSameAttributes(a: Attributes, b: Attributes): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key]);
}
