import type { Lead } from '@tidegate/contracts/leads/v1/leads';

/** Something that happened to a lead of a seat. */
export interface SeatEvent {
  id: string;
  name: 'lead-offered' | 'lead-accepted' | 'lead-returned' | 'lead-retracted' | 'lead-closed';
  lead: Lead;
}

/** One message of an event stream. Source: HTML Living Standard, 9.2 Server-sent events. */
export const toMessage = (id: string, name: string, data: unknown): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
