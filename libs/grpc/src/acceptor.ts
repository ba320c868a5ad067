import { getMetadataStorage, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';

type Test = (input: Record<string, unknown>) => boolean;
type Acceptor = (input: object) => boolean;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const acceptors = new Map<new () => object, Acceptor | undefined>();

/**
 * Says yes to inputs that keep every rule of their class, and takes away what the class does not know: the same as
 * class-validator, which looks all rules up again for every input. It says no to what is wrong and to what it cannot judge;
 * class-validator then tells. Nested objects are judged by the rules of their own classes. Undefined where no rule can be judged.
 */
export function acceptorOf(type: new () => object): Acceptor | undefined {
  if (!acceptors.has(type)) acceptors.set(type, makeAcceptor(type));
  return acceptors.get(type);
}

function makeAcceptor(type: new () => object): Acceptor | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const known = new Set(rules.map(({ propertyName }) => propertyName));
  const tests: Test[] = [];
  for (const name of known) {
    const test = testOf(rules.filter(({ propertyName }) => propertyName === name));
    if (!test) return undefined;
    tests.push(test);
  }
  if (tests.length === 0) return undefined;
  return (input) => {
    const fields = input as Record<string, unknown>;
    if (!tests.every((test) => test(fields))) return false;
    for (const name of Object.keys(fields)) if (!known.has(name)) delete fields[name];
    return true;
  };
}

/** Whether all rules of one property are kept. */
function testOf(rules: Rule[]): Test | undefined {
  const conditions: Test[] = [];
  const tests: Test[] = [];
  for (const rule of rules) {
    const { type, propertyName } = rule;
    if (type === 'conditionalValidation') {
      const [isMeant] = rule.constraints as [(input: object, value: unknown) => boolean];
      conditions.push((input) => isMeant(input, input[propertyName]));
    } else if (type === 'customValidation') {
      const test = customTestOf(rule);
      if (!test) return undefined;
      tests.push(test);
    } else if (type === 'nestedValidation' && !rule.validateIf)
      tests.push((input) => acceptsNested(input[propertyName]));
    else if (type !== 'whitelistValidation') return undefined;
  }
  return (input) => !conditions.every((isMeant) => isMeant(input)) || tests.every((test) => test(input));
}

function customTestOf(rule: Rule): Test | undefined {
  const { propertyName: property, constraints, each, validateIf } = rule;
  const constraint = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  if (constraint.some(({ async }) => async)) return undefined;
  // Each is looked for among all there are whenever it is asked for.
  const validators = constraint.map(({ instance }) => instance);
  return (object) => {
    const value = object[property];
    if (validateIf && !validateIf(object, value)) return true;
    if (each && (value instanceof Set || value instanceof Map)) return false;
    const context = { targetName: object.constructor.name, property, object, value, constraints };
    if (!each || !Array.isArray(value)) return keeps(validators, value, context);
    return value.every((item) => keeps(validators, item, context));
  };
}

function keeps(validators: ValidatorConstraintInterface[], value: unknown, context: ValidationArguments): boolean {
  return validators.every((validator) => validator.validate(value, context) === true);
}

function acceptsNested(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) ? value.every(acceptsInstance) : acceptsInstance(value));
}

/** What was not made an instance of a class with rules is for class-validator to judge. */
const acceptsInstance = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && acceptorOf(value.constructor as new () => object)?.(value) === true;
