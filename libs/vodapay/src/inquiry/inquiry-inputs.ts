import { IsString, Length, Matches, ValidateIf } from 'class-validator';

/*
 * Bounds of the wire's fields. @Length does not count a surrogate's second half or a variation selector, so the patterns
 * hold the bound in code points as well; the control characters they refuse belong to no credential.
 */
const CREDENTIAL = /^[^\p{Cc}]{1,128}$/u;
const CLIENT_ID = /^[^\p{Cc}]{1,32}$/u;
const EXTEND_INFO = /^[^\p{Cc}]{0,4096}$/u;

/** What `inquiryUserInfo` sends. */
export class InquiryInput {
  /** Equal to the `Client-Id` header. */
  @IsString()
  @Length(1, 32)
  @Matches(CLIENT_ID)
  readonly authClientId!: string;

  @IsString()
  @Length(1, 128)
  @Matches(CREDENTIAL)
  readonly accessToken!: string;

  /** JSON as a string. */
  @ValidateIf((input: InquiryInput) => input.extendInfo !== undefined)
  @IsString()
  @Length(0, 4096)
  @Matches(EXTEND_INFO)
  readonly extendInfo?: string | undefined;
}

/** What `applyToken` sends for an auth code. */
export class AuthCodeInput {
  @IsString()
  @Length(1, 128)
  @Matches(CREDENTIAL)
  readonly authCode!: string;
}

/** What `applyToken` sends for a refresh token. */
export class RefreshTokenInput {
  @IsString()
  @Length(1, 128)
  @Matches(CREDENTIAL)
  readonly refreshToken!: string;
}
