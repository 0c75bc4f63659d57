type Fields = Readonly<Record<string, unknown>>;

/** The scopes that each field of userInfo needs one of. A field that is not listed needs `auth_user`. */
const FIELD_SCOPES: Readonly<Record<string, readonly string[]>> = Object.freeze({
  nickName: ['auth_user', 'USER_NICKNAME'],
  avatar: ['auth_user', 'USER_AVATAR'],
  gender: ['auth_user', 'USER_GENDER'],
  birthDate: ['auth_user', 'USER_BIRTHDAY'],
  birthday: ['auth_user', 'USER_BIRTHDAY'],
  nationality: ['auth_user', 'USER_NATIONALITY'],
  userName: ['auth_user', 'USER_NAME'],
  loginIdInfos: ['USER_LOGIN_ID', 'HASH_LOGIN_ID', 'PLAINTEXT_USER_LOGIN_ID', 'PLAINTEXT_MOBILE_PHONE'],
  contactInfos: ['USER_CONTACTINFO'],
  userAddresses: ['USER_ADDRESS'],
});

/** Which spelling of a login id each scope shows. */
const LOGIN_ID_SCOPES: Readonly<Record<string, readonly string[]>> = Object.freeze({
  maskLoginId: ['USER_LOGIN_ID'],
  hashLoginId: ['HASH_LOGIN_ID'],
  loginId: ['PLAINTEXT_USER_LOGIN_ID'],
});

/** Scopes that show no more than the user id. */
const ID_ONLY_SCOPES: ReadonlySet<string> = new Set(['auth_base', 'USER_ID']);

/** What a code grants when nobody says otherwise: everything. */
export const ALL_SCOPES: readonly string[] = Object.freeze([
  ...new Set(['auth_user', 'PLAINTEXT_MOBILE_PHONE', ...Object.values({ ...FIELD_SCOPES, ...LOGIN_ID_SCOPES }).flat()]),
]);

/** What of the consent holds while the user shares no more than `shared`; the bare id is always shared. */
export function sharedScopes(consented: readonly string[], shared: readonly string[] | undefined): readonly string[] {
  if (shared === undefined) return consented;
  return consented.filter((scope) => shared.includes(scope) || ID_ONLY_SCOPES.has(scope));
}

/** The profile cut down to what the scopes grant. What is not granted is absent, as at VodaPay. */
export function grantUserInfo(userInfo: Fields, scopes: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(userInfo)
      .filter(([field]) => isGranted(field, scopes))
      .map(([field, value]) => [field, field === 'loginIdInfos' ? grantLoginIds(value, scopes) : value]),
  );
}

function isGranted(field: string, granted: readonly string[]): boolean {
  if (field === 'userId') return true;
  // The status belongs to whatever profile is shown, not to the bare id.
  if (field === 'status') return granted.some((scope) => !ID_ONLY_SCOPES.has(scope));
  return hasOne(granted, FIELD_SCOPES[field] ?? ['auth_user']);
}

function grantLoginIds(value: unknown, granted: readonly string[]): unknown {
  return Array.isArray(value) ? value.map((entry: unknown) => grantLoginId(entry, granted)) : value;
}

function grantLoginId(entry: unknown, granted: readonly string[]): unknown {
  if (entry === null || typeof entry !== 'object') return entry;
  const isPhone = 'loginIdType' in entry && entry.loginIdType === 'MOBILE_PHONE';
  return Object.fromEntries(
    Object.entries(entry).filter(([field]) => {
      const scopes = LOGIN_ID_SCOPES[field];
      if (scopes === undefined) return true;
      return hasOne(granted, scopes) || (field === 'loginId' && isPhone && granted.includes('PLAINTEXT_MOBILE_PHONE'));
    }),
  );
}

function hasOne(granted: readonly string[], scopes: readonly string[]): boolean {
  return scopes.some((scope) => granted.includes(scope));
}
