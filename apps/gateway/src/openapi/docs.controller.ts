import { createReadStream, type ReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../access/access.decorator';
import { PUBLIC } from '../access/access-rules';
import { routeNotFound } from '../http/http-errors';
import { docsPage, indexPage, startScript } from './docs-page';
import { Documents } from './documents';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const ASSETS = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', SCRIPT],
  ['favicon-32x32.png', 'image/png'],
]);

/** The API documents and a page to read and try them, from files of this machine only. */
@ApiExcludeController()
@Controller()
export class DocsController {
  constructor(private readonly documents: Documents) {}

  @Get('openapi/:file')
  @Access(PUBLIC)
  document(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (!file.endsWith('.json')) throw routeNotFound();
    reply.type('application/json; charset=utf-8');
    return this.documents.json(file.slice(0, -'.json'.length));
  }

  @Get('docs')
  @Access(PUBLIC)
  index(@Res({ passthrough: true }) reply: FastifyReply): string {
    reply.type(HTML);
    return indexPage();
  }

  @Get('docs/assets/:file')
  @Access(PUBLIC)
  asset(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const type = ASSETS.get(file);
    if (!type) throw routeNotFound();
    reply.type(type).header('cache-control', 'public, max-age=86400');
    return new StreamableFile(openAsset(file));
  }

  @Get('docs/:audience')
  @Access(PUBLIC)
  page(@Param('audience') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const audience = this.documents.audience(name);
    reply.type(HTML);
    return docsPage(audience);
  }

  @Get('docs/:audience/start.js')
  @Access(PUBLIC)
  start(@Param('audience') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const audience = this.documents.audience(name);
    reply.type(SCRIPT);
    return startScript(audience);
  }
}

const openAsset = (file: string): ReadStream =>
  createReadStream(join(dirname(require.resolve('swagger-ui-dist/package.json')), file));
