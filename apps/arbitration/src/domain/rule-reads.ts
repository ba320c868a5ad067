import { inspectRule, parseRule } from '@tidegate/rules';
import { compileRule, type CompiledRule, type CountedMeasure, type RuleContext } from './past-facts';

/** Names that rules read of a customer. */
export interface RuleReads {
  attributes: readonly string[];
  tags: readonly string[];
  /** Past facts that they count. */
  counted: readonly CountedMeasure[];
}

/** Compiles rules and gathers what they read of a customer. */
export class RuleReader {
  private readonly attributes = new Set<string>();
  private readonly tags = new Set<string>();
  private readonly counted: CountedMeasure[] = [];

  constructor(private readonly context: RuleContext) {}

  /** @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN when the rule is none */
  compile(rule: unknown, at: string): CompiledRule {
    const compiled = compileRule(rule, at, this.context);
    if (rule === undefined || rule === null) return compiled;
    const usage = inspectRule(parseRule(rule, at));
    for (const field of usage.fields) attributeNames(field).forEach((name) => this.attributes.add(name));
    usage.tags.forEach((tag) => this.tags.add(tag));
    this.counted.push(...compiled.counted);
    return compiled;
  }

  get reads(): RuleReads {
    return { attributes: [...this.attributes], tags: [...this.tags], counted: this.counted };
  }
}

const ATTRIBUTE_FIELD = /^(?:attributes|daysSince|daysUntil)\.(.+)$/;

/** Names of the attributes behind a rule's field; the profile's own fields are kept anyway. */
function attributeNames(field: string): string[] {
  if (field === 'balanceMinor' || field === 'ownerId') return [field];
  const name = ATTRIBUTE_FIELD.exec(field)?.[1];
  return name === undefined ? [] : [name];
}
