import { plainToInstance, TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';

type Maker<T> = (request: object) => T;

const makers = new Map<new () => object, Maker<object>>();

/** An instance of an input class with the fields of a request. Of a class whose fields need no conversion only those that have rules are taken over. */
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
  if (names.length === 0 || names.some((name) => isConverted(type, name)) || isRenaming(type))
    return (request) => plainToInstance(type, request);
  return (request) => {
    const given = request as Record<string, unknown>;
    const instance = new type();
    const fields = instance as Record<string, unknown>;
    for (const name of names) if (Object.hasOwn(given, name)) fields[name] = given[name];
    return instance;
  };
}

const isConverted = (type: new () => object, name: string): boolean => {
  const storage = defaultMetadataStorage;
  const transforms = storage.findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS);
  return storage.findTypeMetadata(type, name) !== undefined || transforms.length > 0;
};

const isRenaming = (type: new () => object): boolean =>
  defaultMetadataStorage.getStrategy(type) !== 'none' ||
  defaultMetadataStorage.getExposedMetadatas(type).length > 0 ||
  defaultMetadataStorage.getExcludedMetadatas(type).length > 0;
