import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiConsumes, ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { WithRouteConfig, type RouteConfig } from '../http/route-config';

/** What a reader of the documentation wants to know about a route, beside its types. */
export interface EndpointOptions extends Omit<RouteConfig, 'access'> {
  /** One sentence. */
  summary: string;
  /** Class of the answer; nothing for an empty one. */
  answer?: new () => object;
  /** Media type of an answer that is a file. */
  produces?: string;
  /** 200 when not said. */
  status?: number;
  /** Reasons of the problems that are this route's own. */
  reasons?: readonly string[];
}

/** Extension of an operation that names the reasons of its own problems. */
export const REASONS_EXTENSION = 'x-problem-reasons';

/** Documents a route and sets its success status. The problems that all routes share are added to the finished document. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const { summary, answer, produces, status = answer || produces ? 200 : 204, reasons = [], ...config } = options;
  const file = produces && { content: { [produces]: { schema: { type: 'string', format: 'binary' } } } };
  return applyDecorators(
    WithRouteConfig(config),
    HttpCode(status),
    ApiOperation({ summary }),
    ApiResponse({
      status,
      description: answer || produces ? summary : 'Done.',
      ...(answer && { type: answer }),
      ...file,
    }),
    ...(config.consumes ? [ApiConsumes(...config.consumes)] : []),
    ...(reasons.length > 0 ? [ApiExtension(REASONS_EXTENSION, [...reasons])] : []),
  );
}
