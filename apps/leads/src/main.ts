import { startService } from '@tidegate/service';
import { LEADS_SERVICES } from './leads-services';
import { LeadsModule } from './leads.module';

void startService({ name: 'leads', module: LeadsModule, grpc: LEADS_SERVICES });
