import { shown } from '../http/shown';

/** One field that broke a rule. */
export class ProblemViolation {
  @shown.text('Path in the request, e.g. stock.costShares.0.basisPoints; empty for the body as a whole.')
  field!: string;
  @shown.text() description!: string;
}

/** RFC 9457 problem document. */
export class ProblemDocument {
  @shown.text('urn:tidegate:problem:<reason>, or about:blank.') type!: string;
  @shown.text() title!: string;
  @shown.whole('The HTTP status.') status!: number;
  @shown.text('For a person; it may change.') detail!: string;
  @shown.text('Stable, UPPER_SNAKE_CASE: branch on this.') reason!: string;
  @shown.parts(() => ProblemViolation, 'Only with VALIDATION_FAILED and the like.') violations!: ProblemViolation[];
  @shown.json('More about the reason, e.g. when a claim starts.') metadata!: Record<string, string>;
  @shown.text('Give it to support.') traceId!: string;
}
