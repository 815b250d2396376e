/** The part of docs/data-model.md an app needs besides documents: ids, files, the callable, mail. Pure. */
import type { z } from 'zod';
import { kakaoSignInInput, kakaoSignInOutput } from '../../functions/src/accounts/schema.ts';
import type { Reason } from '../../functions/src/platform/errors.ts';
import { region } from '../../functions/src/platform/region.ts';
import { fieldsOf } from './fields.ts';
import { code, table } from './markdown.ts';

const ids: readonly (readonly [string, string])[] = [
  ['member uid; `users`, `suspensions`', '`kakao:{Kakao member number}`'],
  ['`users/{uid}/private`', '`account`'],
  ['`Hospitals`, `Doctors`, `Events`', '`h-`, `d-`, `e-` and the registration’s id'],
  ['`Hospitals/…/private`, `Doctors/…/private`', '`registration`, `licence`'],
  ['`reviews`', '`{authorUid}_{hospitalId}_{visitDate}`: one per member, hospital and day'],
  ['`Chatting` (consultation)', '`{uid}_{hospitalId}`: one room for both'],
  ['`Chatting/…/members`', 'the member’s uid'],
  ['`FreeTalks`, `TempReplies`, `Chatting/…/messages`, `prepays`', 'Firestore’s automatic id'],
  ['`inboundMails`', 'first 40 hex digits of the SHA-256 of the message'],
  ['`registrations`', '`{mailId}-{n}`'],
  [
    '`identityKeys`',
    '`hospital-{businessNumber}`, `doctor-{licenceNumber}`, `event-{hospitalId}-{startsOn}-{title}`',
  ],
  ['`counters`', '`tickets-YYYYMMDD` (KST)'],
  ['`outbox`', 'the cause of the mail, such as `verifyEmail-{uid}-{n}`'],
];

const files: readonly (readonly [string, string, string])[] = [
  ['profiles/{uid}/{file}', 'signed-in members', 'its owner: create, replace, delete; picture up to 5 MiB'],
  ['reviews/{uid}/{file}', 'everybody', 'its owner: create, delete; picture up to 10 MiB'],
  ['freetalks/{uid}/{file}', 'everybody', 'its owner: create, delete; picture up to 10 MiB'],
  [
    'chats/{roomId}/{file}',
    'members of the room, staff of its hospital, operators',
    'members and staff: create; picture up to 10 MiB',
  ],
  ['public/{path=**}', 'everybody', 'server only'],
  ['registrations/{path=**}', 'operators', 'server only'],
  ['inbound/{path=**}', 'operators', 'server only'],
];

interface Refusal {
  readonly code: string;
  readonly when: string;
  /** What `details` holds besides the reason. */
  readonly details: string;
  readonly message: string;
}

/** The type asks for every reason of platform/errors.ts; docs.test.ts holds code and message against that file. */
const refusals: Readonly<Record<Reason, Refusal>> = {
  INVALID_INPUT: {
    code: 'invalid-argument',
    when: 'the input has another shape',
    details: '`fields`: list of `{field, code}`',
    message: '입력값을 확인해 주세요.',
  },
  SUSPENDED: {
    code: 'permission-denied',
    when: 'the member is suspended',
    details: '`until`: ISO 8601',
    message: '이용이 정지된 계정입니다. 고객센터로 문의해 주세요.',
  },
  KAKAO_TOKEN_INVALID: {
    code: 'unauthenticated',
    when: 'Kakao does not know the token, or it has expired: log in with Kakao again',
    details: '',
    message: '카카오 로그인이 만료되었습니다. 다시 로그인해 주세요.',
  },
  KAKAO_WRONG_APP: {
    code: 'permission-denied',
    when: 'the token was issued for another app',
    details: '',
    message: '다른 앱에서 발급된 카카오 로그인입니다.',
  },
  KAKAO_REFUSED: {
    code: 'permission-denied',
    when: 'Kakao refuses this account',
    details: '`kakaoCode`: number',
    message: '이 카카오 계정으로는 로그인할 수 없습니다.',
  },
  KAKAO_BUSY: {
    code: 'resource-exhausted',
    when: 'Kakao’s quota is used up',
    details: '`retryAfterMs`: number',
    message: '지금은 카카오 로그인 요청이 많습니다. 잠시 후 다시 시도해 주세요.',
  },
  KAKAO_UNAVAILABLE: {
    code: 'unavailable',
    when: 'Kakao does not answer, or not sensibly',
    details: '`retryAfterMs`: number',
    message: '카카오 로그인이 원활하지 않습니다. 잠시 후 다시 시도해 주세요.',
  },
};

/** What call.ts makes of everything unexpected. */
const internal: Refusal = {
  code: 'internal',
  when: 'anything unexpected; try again later',
  details: '',
  message: '일시적인 오류입니다. 잠시 후 다시 시도해 주세요.',
};

const mailAnswers: readonly (readonly [string, string, string])[] = [
  [
    '200',
    '',
    'stored and read; body `{mailId, registrationIds, isNew}`; `isNew` is false for bytes seen before',
  ],
  ['400', 'EMPTY', 'no body'],
  ['401', 'UNAUTHENTICATED', 'no or wrong bearer secret'],
  ['404', 'NOT_FOUND', 'another path'],
  ['405', 'METHOD_NOT_ALLOWED', 'not POST'],
  ['413', 'TOO_LARGE', 'more than 30 MiB'],
  ['415', 'NOT_RFC822', 'content type is not `message/rfc822`'],
  ['503', 'TRY_AGAIN', 'could not be stored; deliver again after `Retry-After` seconds'],
];

function shape(schema: z.ZodType): string {
  const rows = fieldsOf(schema).map(({ name, type, description }) => [code(name), type, description]);
  return table(['field', 'type', 'description'], rows);
}

function refusalRows(): string[][] {
  return Object.entries({ ...refusals, INTERNAL: internal }).map(([reason, refusal]) => [
    code(reason),
    code(refusal.code),
    refusal.message,
    refusal.when,
    refusal.details,
  ]);
}

function callable(): string {
  return [
    '### Callable `kakaoSignIn`',
    `Region \`${region}\`. Takes the access token of Kakao Login, answers with a Firebase custom token for\n` +
      '`signInWithCustomToken`. Makes the profile at the first sign-in. Needs no signed-in member.',
    'Input, exactly:',
    shape(kakaoSignInInput),
    'Answer:',
    shape(kakaoSignInOutput),
    'Errors are `HttpsError`s. Branch on `details.reason`, never on the message; the message may be shown to people.',
    table(['`details.reason`', 'code', 'message', 'when', 'other details'], refusalRows()),
  ].join('\n\n');
}

function mail(): string {
  return [
    '### HTTP `inboundMail`',
    '`POST {function URL}/raw`, `Authorization: Bearer {INBOUND_MAIL_SECRET}`, `Content-Type: message/rfc822`, body: the raw\n' +
      'message, up to 30 MiB. For the mail provider, not for the app. The same bytes may be delivered any number of times.\n' +
      'Refusals answer `{"error": {"reason": …}}`.',
    table(
      ['status', 'reason', 'meaning'],
      mailAnswers.map(([status, reason, meaning]) => [status, code(reason), meaning]),
    ),
  ].join('\n\n');
}

/** The last chapter of docs/data-model.md. */
export function appContract(): string {
  return [
    '## App contract',
    'What an app relies on besides the documents above.',
    '### Ids',
    table(['what', 'id'], ids),
    '### Files in Cloud Storage',
    'Pictures are JPEG, PNG, WebP or HEIC, never empty; suspended members upload nothing. Documents hold paths, not URLs.',
    table(
      ['path', 'read', 'write'],
      files.map(([path, read, write]) => [code(path), read, write]),
    ),
    callable(),
    mail(),
  ].join('\n\n');
}
