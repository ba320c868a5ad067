/** A customer's word about one purpose × channel. */
export interface ConsentWord {
  purpose: string;
  channel: string;
  isGranted: boolean;
  changedAt: Date | undefined;
}

const SERVICE = 'service';

/**
 * Whether service messages may be shown in the app: as arbitration rules for decisions, of the word about the app and the one
 * about all channels (`*`) the later counts, at the same time the refusal, and no word is a refusal.
 */
export function allowsServiceInApp(words: readonly ConsentWord[]): boolean {
  const said = words.filter(({ purpose, channel }) => purpose === SERVICE && (channel === 'app' || channel === '*'));
  const timeOf = ({ changedAt }: ConsentWord): number => changedAt?.getTime() ?? 0;
  const last = Math.max(...said.map(timeOf));
  return said.length > 0 && said.every((word) => word.isGranted || timeOf(word) < last);
}
