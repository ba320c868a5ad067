import { Body, Controller, Get, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { AppendCodeImportChunkRequest, ListCodeImportErrorsRequest } from '@tidegate/contracts/benefits/v1/code_pools';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { CSV_TYPE } from '../../http/body.hook';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  AppendCodeImportChunkResponse,
  CancelCodeImportResponse,
  GetCodeImportResponse,
  ListCodeImportErrorsResponse,
} from '../../responses/benefits/code-import.response';
import { CONTENT_BYTES_MAX, forwardContent } from '../imports/import-content';

@ApiTags('Code pools')
@Controller('admin/v1/code-imports')
export class AdminCodeImportsController {
  constructor(private readonly peers: Peers) {}

  @Put(':importId/content')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sends the file of codes; the same file may be sent again after a break.',
    answer: AppendCodeImportChunkResponse,
    status: 202,
    consumes: [CSV_TYPE],
    bodyBytesMax: CONTENT_BYTES_MAX,
    reasons: ['IMPORT_NOT_FOUND', 'IMPORT_CHUNK_OUT_OF_ORDER', 'IMPORT_CONTENT_DIFFERS', 'IMPORT_FINISHED'],
  })
  @ApiBody({ required: true, schema: { type: 'string', description: 'The CSV file, UTF-8, with a header line.' } })
  async upload(
    @Param('importId', IdPipe) importId: string,
    @Req() request: FastifyRequest,
  ): Promise<AppendCodeImportChunkResponse> {
    return forwardContent(request, (chunk) =>
      this.peers.codePools.appendCodeImportChunk(
        AppendCodeImportChunkRequest.fromPartial({ ...chunk, importId }),
        LONG,
      ),
    );
  }

  @Get(':importId')
  @Access(ADMIN)
  @Endpoint({ summary: 'Progress and counts.', answer: GetCodeImportResponse, reasons: ['IMPORT_NOT_FOUND'] })
  get(@Param('importId', IdPipe) importId: string): Promise<GetCodeImportResponse> {
    return this.peers.codePools.getCodeImport({ importId });
  }

  @Get(':importId/errors')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Pages the refused lines, duplicates among them, with line number and reason.',
    answer: ListCodeImportErrorsResponse,
    reasons: ['IMPORT_NOT_FOUND'],
  })
  errors(@Param('importId', IdPipe) importId: string, @Query() page: PageQuery): Promise<ListCodeImportErrorsResponse> {
    return this.peers.codePools.listCodeImportErrors(ListCodeImportErrorsRequest.fromPartial({ ...page, importId }));
  }

  @Post(':importId/cancel')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Stops an import after the codes already written.',
    answer: CancelCodeImportResponse,
    reasons: ['IMPORT_NOT_FOUND', 'IMPORT_FINISHED'],
  })
  cancel(@Param('importId', IdPipe) importId: string, @Body() _body: NoInput): Promise<CancelCodeImportResponse> {
    return this.peers.codePools.cancelCodeImport({ importId });
  }
}
