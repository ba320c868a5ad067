import type { Customer } from './customer';
import { importCustomer, type ImportTerms, type PersonalFields } from './import-customer';
import type { CustomerLine } from './import-line';

const NOW = new Date('2026-01-05T08:00:00Z');
const LATER = new Date('2026-02-05T08:00:00Z');
const TERMS: ImportTerms = {
  defaultOrgPath: 'hq/east',
  consents: [{ purpose: 'marketing', channel: 'app' }],
  tags: ['bank-file'],
  now: NOW,
};
const LINE: CustomerLine = { externalId: 'c-1', name: '张三', phone: '13812341234', attributes: { job: 'admin' } };

let nonce = 0;
const fields: PersonalFields = {
  seal: (plain) => `sealed:${(nonce += 1)}:${plain}`,
  open: (sealed) => sealed.split(':')[2] ?? '',
  digest: (text) => `digest:${text}`,
};
const run = (existing: Customer | undefined, line: CustomerLine, terms = TERMS) =>
  importCustomer(existing, line, terms, fields);
function write(existing: Customer | undefined, line: CustomerLine, terms = TERMS): Customer {
  const outcome = run(existing, line, terms);
  if (outcome.kind === 'unchanged') throw new Error('nothing was written');
  return outcome.customer;
}

describe('importCustomer', () => {
  it('makes a customer once', () => {
    const outcome = run(undefined, LINE);
    expect(outcome).toMatchObject({
      kind: 'created',
      grants: TERMS.consents,
      customer: { externalId: 'c-1', orgPath: 'hq/east', stage: 'mature', version: 1, attributes: { job: 'admin' } },
    });
    const created = write(undefined, LINE);
    expect(created.sealedName).not.toBe('张三');
    expect(run(created, LINE)).toEqual({ kind: 'unchanged' });
    expect(run(created, LINE, { ...TERMS, now: LATER })).toEqual({ kind: 'unchanged' });
  });

  it('changes what another line says and keeps the rest', () => {
    const created = { ...write(undefined, LINE), attributes: { job: 'admin', transactionCount: 3 } };
    const updated = write(created, { externalId: 'c-1', attributes: { job: 'retired' } });
    expect(updated).toMatchObject({ version: 2, attributes: { job: 'retired', transactionCount: 3 } });
    expect(updated.sealedPhone).toBe(created.sealedPhone);
  });

  it('does not write a line that says nothing new', () => {
    const created = write(undefined, LINE);
    expect(run(created, { externalId: 'c-1', phone: LINE.phone, attributes: {} })).toEqual({ kind: 'unchanged' });
  });

  it('never brings back a consent that was withdrawn', () => {
    const created = write(undefined, LINE);
    const withdrawn = { ...created, consents: [{ ...TERMS.consents[0]!, isGranted: false, changedAt: LATER }] };
    const outcome = run(withdrawn, { ...LINE, attributes: { job: 'retired' } });
    expect(outcome).toMatchObject({ kind: 'updated', grants: [], customer: { consents: [{ isGranted: false }] } });
  });

  it('adds consents and tags that are new', () => {
    const created = write(undefined, LINE, { ...TERMS, consents: [], tags: [] });
    const outcome = run(created, LINE);
    expect(outcome).toMatchObject({ kind: 'updated', grants: TERMS.consents });
    expect(outcome).toHaveProperty('customer.tags.0.tag', 'bank-file');
  });
});
