import type { Definition } from '../domain/definition';

/** An active definition of the head office, valid in 2026. */
export const aDefinition = (overrides: Partial<Definition> = {}): Definition => ({
  definitionId: 'a-definition',
  name: 'A definition',
  orgPath: 'hq',
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validTo: new Date('2027-01-01T00:00:00Z'),
  state: 'active',
  makerId: 'staff-maker',
  checkerId: 'staff-checker',
  createdAt: new Date('2025-12-01T00:00:00Z'),
  ...overrides,
});
