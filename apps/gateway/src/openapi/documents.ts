import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { notFound } from '@tidegate/errors';
import type { RouteTable } from '../http/route-table';
import { AUDIENCES, type Audience } from './audiences';
import { finishDocument } from './finish-document';
import { ProblemDocument } from './problem.schema';

export const API_VERSION = '1.0.0';

/** The OpenAPI documents, each written when it is first asked for: few processes ever are. */
export class Documents {
  private application: INestApplication | undefined;
  private readonly written = new Map<string, string>();

  constructor(private readonly routes: RouteTable) {}

  attach(application: INestApplication): void {
    this.application = application;
  }

  /** @throws AUDIENCE_NOT_FOUND */
  json(name: string): string {
    const audience = this.audience(name);
    const text = this.written.get(name) ?? JSON.stringify(this.create(audience));
    this.written.set(name, text);
    return text;
  }

  /** @throws AUDIENCE_NOT_FOUND */
  audience(name: string): Audience {
    const audience = AUDIENCES.find((each) => each.name === name);
    if (!audience)
      throw notFound('AUDIENCE_NOT_FOUND', `There are documents for ${AUDIENCES.map((each) => each.name).join(', ')}.`);
    return audience;
  }

  create(audience: Audience): OpenAPIObject {
    if (!this.application) throw new Error('no application to document yet');
    const builder = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle(audience.title)
      .setDescription(audience.description)
      .setVersion(API_VERSION)
      .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0');
    const config = (audience.isSigned ? withSignature(builder) : withBearer(builder)).build();
    const document = SwaggerModule.createDocument(this.application, config, {
      include: [audience.module],
      extraModels: [ProblemDocument],
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    });
    return finishDocument(document, audience, this.routes.routes);
  }
}

const withBearer = (builder: DocumentBuilder): DocumentBuilder =>
  builder.addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer');

const withSignature = (builder: DocumentBuilder): DocumentBuilder =>
  builder
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'Signature', description: 'With Signature-Input; RFC 9421.' },
      'signature',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'Content-Digest', description: 'RFC 9530.' }, 'digest');
