import { holderOf } from './token-claims';

const claims = (overrides: object = {}) => ({
  sub: 's-1',
  exp: 2_000_000_000,
  kind: 'staff',
  roles: ['admin'],
  org: 'hq/east',
  ...overrides,
});

it('reads who the holder is', () => {
  expect(holderOf(claims())).toEqual({
    actor: { id: 's-1', kind: 'staff', roles: ['admin'], orgPath: 'hq/east' },
    expiresAt: new Date('2033-05-18T03:33:20Z'),
  });
  const customer = holderOf({ sub: 'c-1', exp: 2_000_000_000, kind: 'customer' });
  expect(customer.actor).toEqual({ id: 'c-1', kind: 'customer', roles: [], orgPath: '' });
});

it.each<[string, object]>([
  ['no subject', { sub: undefined }],
  ['an empty subject', { sub: '' }],
  ['a subject with a line feed', { sub: 'a\nb' }],
  ['no end', { exp: undefined }],
  ['no kind', { kind: undefined }],
  ['the kind of those who sign', { kind: 'merchant' }],
  ['roles that are no list', { roles: 'admin' }],
  ['a role that is no name', { roles: ['two words'] }],
  ['too many roles', { roles: Array.from({ length: 51 }, () => 'r') }],
  ['staff of no organisation', { org: undefined }],
  ['staff of every organisation', { org: '' }],
  ['a path that climbs', { org: 'hq/../west' }],
  ['a path with an empty part', { org: 'hq//east' }],
  ['a path that is a list', { org: ['hq'] }],
])('refuses %s', (_what, overrides) => {
  expect(() => holderOf(claims(overrides) as Parameters<typeof holderOf>[0])).toThrow(
    expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'TOKEN_CLAIMS_INVALID' }),
  );
});
