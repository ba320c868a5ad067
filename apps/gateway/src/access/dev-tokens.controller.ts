import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '@tidegate/service';
import type { JWK } from 'jose';
import { WithRouteConfig } from '../http/route-config';
import { Access } from './access.decorator';
import { PUBLIC } from './access-rules';
import { DevIssuer } from './dev-issuer';
import { DevTokenRequest } from './dev-token.request';

const TTL_SECONDS_DEFAULT = 3_600;

/** Tokens for anyone who asks: exists outside production only. */
@ApiExcludeController()
@Controller()
export class DevTokensController {
  constructor(
    private readonly issuer: DevIssuer,
    private readonly clock: Clock,
  ) {}

  @Post('dev/tokens')
  @Access(PUBLIC)
  @WithRouteConfig({ isKeyless: true })
  issue(@Body() body: DevTokenRequest): Promise<{ token: string; expiresAt: Date }> {
    const { subject, kind, roles = [], orgPath = '', ttlSeconds = TTL_SECONDS_DEFAULT } = body;
    return this.issuer.issue({ subject, kind, roles, orgPath, ttlSeconds }, this.clock.now());
  }

  @Get('.well-known/jwks.json')
  @Access(PUBLIC)
  keys(): { keys: JWK[] } {
    return { keys: [this.issuer.publicJwk] };
  }
}
