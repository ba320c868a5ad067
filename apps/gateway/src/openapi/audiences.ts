import type { Type } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module';
import { AppModule } from '../app/app.module';
import { MerchantModule } from '../merchant/merchant.module';
import { OpenModule } from '../open/open.module';
import { WorkbenchModule } from '../workbench/workbench.module';

/** Readers of one OpenAPI document. */
export interface Audience {
  name: string;
  title: string;
  description: string;
  module: Type;
  isSigned: boolean;
}

const audience = (name: string, title: string, description: string, module: Type, isSigned = false): Audience => ({
  name,
  title,
  description,
  module,
  isSigned,
});

/** Every audience, with the module that holds its routes. */
export const AUDIENCES: readonly Audience[] = [
  audience('app', 'Tidegate app API', 'For the bank’s mobile app; the bearer token is the customer’s.', AppModule),
  audience(
    'merchant',
    'Tidegate merchant API',
    'For merchants’ systems; every request carries an HTTP message signature (RFC 9421, Ed25519) with Content-Digest.',
    MerchantModule,
    true,
  ),
  audience(
    'workbench',
    'Tidegate workbench API',
    'For the remote-bank centre and branches; the bearer token is the agent’s.',
    WorkbenchModule,
  ),
  audience('admin', 'Tidegate admin API', 'For those who set the bank’s strategies up and review them.', AdminModule),
  audience('open', 'Tidegate open API', 'For the bank’s systems that tell facts (CloudEvents 1.0).', OpenModule),
];
