import { ArrayMaxSize, IsBoolean, IsInt, IsLatitude, IsLongitude, Length, Max, Min } from 'class-validator';

/** Where to look for what is near; a page has 1 to 100 rows, 0 for 20. */
export class NearbyInput {
  @IsLongitude()
  longitude!: number;

  @IsLatitude()
  latitude!: number;

  /** 0 for 3,000. */
  @IsInt()
  @Min(0)
  @Max(50_000)
  radiusMeters!: number;

  @IsBoolean()
  isOpenNow!: boolean;

  @IsInt()
  @Min(0)
  @Max(100)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}

/** Stores within a scope; an empty list is no restriction. */
export class NearbyStoresInput extends NearbyInput {
  @ArrayMaxSize(1_000)
  @Length(1, 64, { each: true })
  merchantIds!: string[];

  @ArrayMaxSize(1_000)
  @Length(1, 64, { each: true })
  storeIds!: string[];

  @ArrayMaxSize(1_000)
  @Length(1, 256, { each: true })
  outletPaths!: string[];
}
