import { IsIn, IsOptional, IsString } from 'class-validator';

/** The shape of the option `http`. */
export class HttpOptionsSchema {
  @IsOptional()
  @IsIn(['node', 'undici'])
  transport?: string;
}

/** The shape of the option `tls`. */
export class TlsOptionsSchema {
  @IsOptional()
  @IsString({ each: true })
  ca?: string | readonly string[];

  @IsOptional()
  @IsString()
  cert?: string;

  @IsOptional()
  @IsString()
  key?: string;

  @IsOptional()
  @IsString()
  passphrase?: string;
}
