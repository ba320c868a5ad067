import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { startService } from '@tidegate/service';
import { LeadsModule } from './leads.module';

void startService({ name: 'leads', module: LeadsModule, grpc: [LeadsServiceService] });
