/** One route of the API documents. */
export interface Route {
  audience: string;
  method: string;
  path: string;
  /** e.g. GET /admin/v1/strategies/{strategyId}. */
  name: string;
}

const AUDIENCES = ['app', 'merchant', 'workbench', 'admin', 'open'];

export interface Routes {
  /** Name something by an id in their path. */
  byPath: Route[];
  /** Write, and name what they name in their body. */
  byBody: Route[];
}

/** Every such route, from the documents that the gateway serves: what the reader of the API is told is what is tested. */
export async function readRoutes(baseUrl: string): Promise<Routes> {
  const routes: Route[] = [];
  for (const audience of AUDIENCES) {
    const response = await fetch(`${baseUrl}/openapi/${audience}.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    for (const [path, operations] of Object.entries(paths)) {
      for (const verb of Object.keys(operations)) {
        const method = verb.toUpperCase();
        routes.push({ audience, method, path, name: `${method} ${path}` });
      }
    }
  }
  return {
    byPath: routes.filter(({ path }) => path.includes('{')),
    byBody: routes.filter(({ path, method }) => !path.includes('{') && method !== 'GET'),
  };
}
