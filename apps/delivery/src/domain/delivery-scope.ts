/** The part of a caller that decides which deliveries he sees. */
export interface DeliveryReader {
  kind: string;
  orgPath: string;
}

/**
 * The organisation that a reader is held to: head office and services see every delivery; other staff those to webhooks of
 * their own organisation, because the app's messages belong to customers of the whole bank.
 */
export const deliveryScopeOf = ({ kind, orgPath }: DeliveryReader): string | undefined =>
  kind === 'staff' && orgPath.includes('/') ? orgPath : undefined;
