import { plainToInstance, TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';

type Maker<T> = (request: object) => T;

const makers = new Map<new () => object, Maker<object>>();

/** An instance of an input class with the fields of a request. Of a class whose fields need no conversion, but for being instances of such classes, only those that have rules are taken over. */
export function instanceOf<T extends object>(type: new () => T, request: object): T {
  let maker = makers.get(type) as Maker<T> | undefined;
  if (!maker) {
    maker = makerOf(type);
    makers.set(type, maker);
  }
  return maker(request);
}

/** class-transformer walks through every value and looks each key's metadata up, also of a class that has none. */
function makerOf<T extends object>(type: new () => T): Maker<T> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const convert: Maker<T> = (request) => plainToInstance(type, request);
  if (names.length === 0 || names.some((name) => isConverted(type, name)) || isRenaming(type)) return convert;
  const nested = new Map(names.flatMap((name) => nestedOf(type, name)));
  return (request) => {
    const given = request as Record<string, unknown>;
    for (const name of nested.keys()) if (Object.hasOwn(given, name) && !isPlain(given[name])) return convert(request);
    const instance = new type();
    const fields = instance as Record<string, unknown>;
    for (const name of names) {
      if (!Object.hasOwn(given, name)) continue;
      const inner = nested.get(name);
      fields[name] = inner ? made(inner(), given[name] as object | object[]) : given[name];
    }
    return instance;
  };
}

const made = (type: new () => object, value: object | object[]): object =>
  Array.isArray(value) ? value.map((each) => instanceOf(type, each)) : instanceOf(type, value);

/** An object that is nothing else, or a list of such. */
const isPlain = (value: unknown): boolean => (Array.isArray(value) ? value.every(isPlainObject) : isPlainObject(value));

const isPlainObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isConverted = (type: new () => object, name: string): boolean => {
  const storage = defaultMetadataStorage;
  const transforms = storage.findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS);
  const isTyped = storage.findTypeMetadata(type, name) !== undefined;
  return (isTyped && nestedOf(type, name).length === 0) || transforms.length > 0;
};

/** The class of a field's instances, where `Type` says no more than it. */
function nestedOf(type: new () => object, name: string): [string, () => new () => object][] {
  const { typeFunction, reflectedType, options } = defaultMetadataStorage.findTypeMetadata(type, name) ?? {};
  const isBare = typeFunction?.length === 0 && options?.discriminator === undefined;
  if (!typeFunction || !isBare || [Map, Set, Date, Promise].includes(reflectedType)) return [];
  return [[name, typeFunction as () => new () => object]];
}

const isRenaming = (type: new () => object): boolean =>
  defaultMetadataStorage.getStrategy(type) !== 'none' ||
  defaultMetadataStorage.getExposedMetadatas(type).length > 0 ||
  defaultMetadataStorage.getExcludedMetadatas(type).length > 0;
