import { field } from '../../http/field';

/** One column of the file and where it goes. */
export class ColumnMappingBody {
  @field.text({ max: 200, description: 'Header name, or $line for the data line’s number (1-based).' })
  column!: string;

  @field.text({
    max: 200,
    description:
      'external_id, name, phone, birth_date, org_path, stage, owner_id and team_id (who looks after the customer), or attributes.<key>.',
  })
  target!: string;

  @field.oneOf(['string', 'number', 'boolean', 'date'], { optional: true, description: 'string when left out.' })
  type?: string;

  @field.text({ optional: true, max: 50, description: 'Prefixed to the value, e.g. bm-.' })
  prefix?: string;

  @field.flag({ optional: true, description: 'An empty cell is an error of its line.' })
  isRequired?: boolean;
}

export class ConsentGrantBody {
  @field.text({ max: 64 })
  purpose!: string;

  @field.text({ max: 64, description: 'A channel, or * for all.' })
  channel!: string;
}

/** A file of customers that is to come. */
export class StartImportBody {
  @field.text({ max: 200 })
  fileName!: string;

  @field.parts(() => ColumnMappingBody, { minCount: 1, maxCount: 200 })
  mapping!: ColumnMappingBody[];

  @field.oneOf([',', ';', '\t'], { optional: true, description: 'A comma when left out.' })
  delimiter?: string;

  @field.parts(() => ConsentGrantBody, {
    optional: true,
    maxCount: 50,
    description: 'Consents every imported customer has given, with the file as evidence.',
  })
  consents?: ConsentGrantBody[];

  @field.text({ max: 256, description: 'Where rows without an org_path column belong.', example: 'hq' })
  defaultOrgPath!: string;

  @field.texts({ optional: true, maxCount: 50, max: 64, description: 'Tags every imported customer gets.' })
  tags?: string[];
}
