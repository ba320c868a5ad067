import { getMetadataStorage } from 'class-validator';

type Type = abstract new () => object;

/** How long, how many or how much a field may be, as its class is validated; absent where nothing is said. */
export interface FieldBounds {
  lengthMax?: number;
  itemLengthMax?: number;
  countMax?: number;
  valueMax?: number;
}

/** The upper bounds of a class's fields, inherited ones included. */
export function boundsOf(type: Type): Map<string, FieldBounds> {
  const fields = new Map<string, FieldBounds>();
  for (const { name, propertyName, each, constraints } of getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
  )) {
    const bounds = fields.get(propertyName) ?? {};
    fields.set(propertyName, bounds);
    if (name === 'isLength') bounds[each ? 'itemLengthMax' : 'lengthMax'] = constraints[1] as number;
    if (name === 'arrayMaxSize') bounds.countMax = constraints[0] as number;
    if (name === 'max') bounds.valueMax = constraints[0] as number;
  }
  return fields;
}

/** What the gateway lets through or keeps back otherwise than the service does, field by field; bounds that the service does not have are the gateway's own. */
export function differencesOf(gateway: Type, service: Type): string[] {
  const asked = boundsOf(service);
  return [...boundsOf(gateway)].flatMap(([field, shown]) =>
    Object.entries(asked.get(field) ?? {}).flatMap(([bound, value]) => {
      const own = shown[bound as keyof FieldBounds];
      // A list of names that the gateway knows one by one has no length.
      if (own === value || (own === undefined && /length/i.test(bound))) return [];
      return [`${gateway.name}.${field} ${bound}: ${own}, of the service ${value}`];
    }),
  );
}
