import { Body, Controller, Get, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import {
  AppendImportChunkRequest,
  ListImportErrorsRequest,
  StartImportRequest,
} from '@tidegate/contracts/customers/v1/customers';
import type { FastifyRequest } from 'fastify';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { CSV_TYPE } from '../../http/body.hook';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ListImportErrorsResponse } from '../../responses/customers/import-error.response';
import {
  AppendImportChunkResponse,
  CancelImportResponse,
  GetImportResponse,
  StartImportResponse,
} from '../../responses/customers/import.response';
import { CONTENT_BYTES_MAX, forwardContent } from './import-content';
import { StartImportBody } from './imports.request';

@ApiTags('Customer imports')
@Controller('admin/v1/customer-imports')
export class AdminImportsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Opens an import; its content follows.',
    answer: StartImportResponse,
    status: 201,
    reasons: ['MAPPING_INVALID'],
  })
  start(@Body() body: StartImportBody, @RequestId() requestId: string): Promise<StartImportResponse> {
    const request = StartImportRequest.fromPartial({ delimiter: ',', ...body, requestId });
    return this.peers.customers.startImport(request);
  }

  @Put(':importId/content')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sends the file; the same file may be sent again after a break.',
    answer: AppendImportChunkResponse,
    status: 202,
    consumes: [CSV_TYPE],
    bodyBytesMax: CONTENT_BYTES_MAX,
    reasons: ['IMPORT_NOT_FOUND', 'IMPORT_CHUNK_OUT_OF_ORDER', 'IMPORT_CONTENT_DIFFERS', 'IMPORT_FINISHED'],
  })
  @ApiBody({ required: true, schema: { type: 'string', description: 'The CSV file, UTF-8, with a header line.' } })
  async upload(
    @Param('importId', IdPipe) importId: string,
    @Req() request: FastifyRequest,
  ): Promise<AppendImportChunkResponse> {
    return forwardContent(request, (chunk) =>
      this.peers.customers.appendImportChunk(AppendImportChunkRequest.fromPartial({ ...chunk, importId }), LONG),
    );
  }

  @Get(':importId')
  @Access(ADMIN)
  @Endpoint({ summary: 'Progress and counts.', answer: GetImportResponse, reasons: ['IMPORT_NOT_FOUND'] })
  get(@Param('importId', IdPipe) importId: string): Promise<GetImportResponse> {
    return this.peers.customers.getImport({ importId });
  }

  @Get(':importId/errors')
  @Access(ADMIN)
  @Endpoint({ summary: 'Pages the refused lines, with line number and reason.', answer: ListImportErrorsResponse })
  errors(@Param('importId', IdPipe) importId: string, @Query() page: PageQuery): Promise<ListImportErrorsResponse> {
    return this.peers.customers.listImportErrors(ListImportErrorsRequest.fromPartial({ ...page, importId }));
  }

  @Post(':importId/cancel')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Stops an import after the rows already written.',
    answer: CancelImportResponse,
    reasons: ['IMPORT_NOT_FOUND', 'IMPORT_FINISHED'],
  })
  cancel(@Param('importId', IdPipe) importId: string, @Body() _body: NoInput): Promise<CancelImportResponse> {
    return this.peers.customers.cancelImport({ importId });
  }
}
