import type { FastifyInstance } from 'fastify';
import type { RouteConfig } from './route-config';

/** One route as it was registered. */
export interface RouteEntry {
  method: string;
  /** Template, e.g. /app/v1/wallet/:instanceId. */
  url: string;
  config: RouteConfig;
}

/** All routes: what they say about themselves, and which methods an address knows. */
export class RouteTable {
  readonly routes: RouteEntry[] = [];
  private matchers: { pattern: RegExp; method: string }[] | undefined;

  /** Collects from now on. A route that does not say who may call it stops the start. */
  collectFrom(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      const config: RouteConfig = route.config ?? {};
      if (!config.access)
        throw new Error(`${String(route.method)} ${route.url} does not say who may call it: add @Access`);
      if (config.bodyBytesMax !== undefined) route.bodyLimit = config.bodyBytesMax;
      for (const method of [route.method].flat()) this.routes.push({ method, url: route.url, config });
    });
  }

  /** Methods that the address of a request knows; none when there is no such address. */
  methodsOf(url: string): string[] {
    this.matchers ??= this.routes.map((route) => ({ pattern: toPattern(route.url), method: route.method }));
    const path = url.split('?', 1)[0] ?? '';
    return [...new Set(this.matchers.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
  }
}

const toPattern = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
