import type { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { FactRow } from './fact';

/** Whose profiles they are; the highest version of each counts. */
export const personRows = ({ profiles }: PersonsChanged): FactRow[] =>
  profiles.map(({ customerId, personKey, version }) => ({ table: 'profile', customerId, personKey, version }));
