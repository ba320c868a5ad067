import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageTypeDefinition, PackageDefinition } from '@grpc/proto-loader';
import type { ReflectionService } from '@grpc/reflection';

/**
 * gRPC reflection (v1 and v1alpha) of these services, from the contracts in `protoDir`. Loaded where it is wanted: it reads every contract of
 * the services' packages.
 * @throws Error when the folder holds no contracts of them
 */
export async function loadReflection(protoDir: string, services: readonly string[]): Promise<ReflectionService> {
  const [{ load }, reflection] = await Promise.all([import('@grpc/proto-loader'), import('@grpc/reflection')]);
  const folders = new Set(services.map((name) => join(...name.split('.').slice(0, -1))));
  const files = [...folders].flatMap((folder) => contractsIn(protoDir, folder));
  const definition = await load(files, { includeDirs: [protoDir], keepCase: true });
  return new reflection.ReflectionService(eachFileOnce(definition), { services: [...services] });
}

/** Every message carries all the files of its package, and reflection would decode them for each. */
function eachFileOnce(definition: PackageDefinition): PackageDefinition {
  const messages = Object.values(definition).filter(isMessage);
  const fileDescriptorProtos = [...new Set(messages.flatMap((one) => one.fileDescriptorProtos))];
  return messages[0] ? { files: { ...messages[0], fileDescriptorProtos } } : {};
}

const isMessage = (one: PackageDefinition[string]): one is MessageTypeDefinition<object, object> =>
  'fileDescriptorProtos' in one;

function contractsIn(protoDir: string, folder: string): string[] {
  const path = join(protoDir, folder);
  if (!existsSync(path)) throw new Error(`TIDEGATE_PROTO_DIR has no contracts in ${folder}`);
  return readdirSync(path)
    .filter((name) => name.endsWith('.proto'))
    .map((name) => join(folder, name));
}
