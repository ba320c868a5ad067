import { findFreePort, InfraError, isPortFree } from '@tidegate/infra';
import type { ServiceDefinition, ServicePorts } from './services';

const DEFAULT_HTTP_PORT = 8_080;
const HTTP_TRIES_MAX = 100;

/** The port for the outside: exactly the wanted one, else 8080 or the next free one. */
export async function chooseHttpPort(wanted: number | null, first: number = DEFAULT_HTTP_PORT): Promise<number> {
  if (wanted !== null) {
    if (await isPortFree(wanted)) return wanted;
    throw new InfraError('PORT_TAKEN', `Port ${wanted} is taken by another program; choose another with --port.`);
  }
  for (let port = first; port < first + HTTP_TRIES_MAX; port += 1) {
    if (await isPortFree(port)) return port;
  }
  throw new InfraError('NO_FREE_PORT', `No free port from ${first} on; choose one with --port.`);
}

/** Free ports for every service, none twice. */
export async function choosePorts(
  services: readonly ServiceDefinition[],
  httpPort: number,
): Promise<Map<string, ServicePorts>> {
  const next = async (): Promise<number> => {
    const port = await findFreePort();
    return port === httpPort ? next() : port;
  };
  const ports = new Map<string, ServicePorts>();
  for (const { name, hasHttp } of services) {
    ports.set(name, { grpc: await next(), metrics: await next(), ...(hasHttp ? { http: httpPort } : {}) });
  }
  return ports;
}
