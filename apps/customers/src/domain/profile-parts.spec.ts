import { closeComplaint, type Complaint } from './complaint';
import { findConsent, newGrants, withConsent, type Consent } from './consent';
import { isOrgPath } from './customer';
import { customerIdOf, looksLikeCustomerId } from './customer-id';
import { maskName, maskPhone } from './masking';
import { holdsTag, isTagValid, withoutTag, withTag, type Tag } from './tag';

const NOW = new Date('2026-01-05T08:00:00Z');
const LATER = new Date('2026-01-06T08:00:00Z');

describe('masking', () => {
  it.each([
    ['13812341234', '138****1234'],
    ['+8613812341234', '+86****1234'],
    ['12345', '*****'],
    ['', ''],
  ])('phone %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

  it.each([
    ['张三', '张**'],
    ['𠮷野', '𠮷**'],
    ['', ''],
  ])('name %s', (name, masked) => expect(maskName(name)).toBe(masked));
});

describe('customerIdOf', () => {
  it('is stable, distinct and of its own form', () => {
    expect(customerIdOf('berka-1')).toBe('ea812e0d-90e6-5679-9292-b2849071d69b');
    expect(customerIdOf('berka-1')).not.toBe(customerIdOf('berka-2'));
    expect(looksLikeCustomerId(customerIdOf('berka-1'))).toBe(true);
    expect(looksLikeCustomerId('berka-1')).toBe(false);
  });
});

describe('consents', () => {
  const granted: Consent = { purpose: 'marketing', channel: 'app', isGranted: true, changedAt: NOW };
  it('keeps the last word on each purpose and channel', () => {
    const withdrawn = withConsent([granted], { ...granted, isGranted: false, changedAt: LATER });
    expect(withdrawn).toEqual([{ ...granted, isGranted: false, changedAt: LATER }]);
    expect(findConsent(withdrawn, { purpose: 'marketing', channel: 'sms' })).toBeUndefined();
  });

  it('adds only what was never said', () => {
    const grants = [
      { purpose: 'marketing', channel: 'app' },
      { purpose: 'marketing', channel: 'sms' },
    ];
    expect(newGrants([{ ...granted, isGranted: false }], grants)).toEqual([grants[1]]);
  });
});

describe('tags', () => {
  const tag: Tag = { tag: 'vip', value: 'gold', source: 'expert', validUntil: LATER, refreshedAt: NOW };
  it('replaces a tag of the same name', () => {
    const model: Tag = { ...tag, value: 'silver', source: 'model' };
    expect(withTag([tag], model)).toEqual([model]);
    expect(withoutTag([tag], 'vip')).toEqual([]);
    expect(holdsTag([tag], { ...tag, refreshedAt: LATER })).toBe(true);
    expect(holdsTag([tag], { ...tag, validUntil: null })).toBe(false);
  });

  it('ends at its validity', () => {
    expect(isTagValid(tag, NOW)).toBe(true);
    expect(isTagValid(tag, LATER)).toBe(false);
  });
});

describe('complaints', () => {
  const open: Complaint = {
    complaintId: 'k-1',
    customerId: 'c',
    subject: 'calls',
    state: 'open',
    resolution: '',
    openedAt: NOW,
    closedAt: null,
  };
  it('closes once', () => {
    const closed = closeComplaint(open, 'said sorry', LATER);
    expect(closed).toMatchObject({ state: 'closed', closedAt: LATER });
    expect(() => closeComplaint(closed, 'again', LATER)).toThrow(
      expect.objectContaining({ reason: 'COMPLAINT_CLOSED' }),
    );
  });
});

describe('isOrgPath', () => {
  it.each([
    ['hq', true],
    ['hq/east/shanghai/outlet-01', true],
    ['', false],
    ['/hq', false],
    ['hq/', false],
    ['hq/ea st', false],
    [`${'u'.repeat(127)}/${'u'.repeat(127)}`, true],
    ['u'.repeat(256), false],
  ])('%s', (path, expected) => expect(isOrgPath(path)).toBe(expected));
});
