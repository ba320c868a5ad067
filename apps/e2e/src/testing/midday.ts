/** A time zone in which it is about noon: a story told in it sees no change of day. */
export function middayZone(now = new Date()): string {
  const hours = 12 - now.getUTCHours();
  // The sign of these names is the other way round. Source: IANA time zone database, file etcetera.
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
