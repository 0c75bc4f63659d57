import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';

export class SignInRequest {
  @Transform(({ value }: { readonly value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() : value,
  )
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @IsString()
  @Length(10, 200)
  readonly password!: string;
}

export class VerifyRequest {
  @IsString()
  @Matches(/^[\w-]{43}$/, { message: 'token must be the one of the mail' })
  readonly token!: string;
}

export class DecisionRequest {
  @IsIn(['approve', 'reject'])
  readonly decision!: 'approve' | 'reject';
}
