/** The mails accounts send, in Korean. Pure. */
import { type Letter, letter } from '../outbox/letter.ts';
import type { NewMail } from '../outbox/schema.ts';

type Written = Pick<NewMail, 'kind' | 'subject' | 'text' | 'html'>;

const written = (kind: string, subject: string, content: Letter): Written => ({
  kind,
  subject: `[닥터피치] ${subject}`,
  ...letter(content),
});

const hello = '안녕하세요, 닥터피치입니다.';
const notMe =
  '본인이 요청하지 않았다면 이 메일을 무시해 주세요. 버튼을 누르거나 인증번호를 알려 주지 않으면 아무 일도 일어나지 않습니다.';

export const verifyEmailLetter = (code: string, url: string): Written =>
  written('verifyEmail', '이메일 주소를 인증해 주세요', {
    greeting: hello,
    paragraphs: [
      '아래 버튼을 누르거나 앱에 인증번호를 입력하면 인증이 끝납니다. 인증번호는 5분 동안 한 번만 쓸 수 있습니다.',
    ],
    code,
    action: { label: '이메일 인증하기', url },
    footer: notMe,
  });

export const linkEmailLetter = (code: string): Written =>
  written('linkEmail', '이메일 로그인 연결 인증번호', {
    greeting: hello,
    paragraphs: [
      '이 주소로도 로그인할 수 있게 하려면 앱에 인증번호를 입력해 주세요. 5분 동안 한 번만 쓸 수 있습니다.',
    ],
    code,
    footer: notMe,
  });

export const alreadyMemberLetter = (): Written =>
  written('alreadyMember', '이미 가입된 이메일입니다', {
    greeting: hello,
    paragraphs: [
      '이 주소로 회원가입 요청이 있었지만 이미 가입된 주소입니다. 기존 비밀번호로 로그인해 주세요.',
      '비밀번호를 잊으셨다면 앱의 로그인 화면에서 비밀번호 재설정을 눌러 주세요.',
    ],
    footer: '본인이 요청하지 않았다면 이 메일을 무시해 주세요. 계정에는 아무 변화가 없습니다.',
  });

export const barredLetter = (until: string): Written =>
  written('signUpBarred', '가입할 수 없습니다', {
    greeting: hello,
    paragraphs: [`이용이 정지된 상태에서 탈퇴한 계정의 주소라 ${until}까지 다시 가입할 수 없습니다.`],
    footer: '문의는 고객센터로 해 주세요.',
  });

export const resetPasswordLetter = (url: string): Written =>
  written('resetPassword', '비밀번호 재설정', {
    greeting: hello,
    paragraphs: ['아래 버튼을 눌러 새 비밀번호를 정해 주세요. 바꾸면 다른 기기에서는 로그아웃됩니다.'],
    action: { label: '비밀번호 재설정하기', url },
    footer: notMe,
  });

export const kakaoLinkedLetter = (): Written =>
  written('kakaoLinked', '카카오 로그인이 연결되었습니다', {
    greeting: hello,
    paragraphs: ['이제 카카오로도 로그인할 수 있습니다.'],
    footer: '본인이 연결하지 않았다면 비밀번호를 바꾸고 고객센터로 알려 주세요.',
  });

export const emailLinkedLetter = (): Written =>
  written('emailLinked', '이메일 로그인이 연결되었습니다', {
    greeting: hello,
    paragraphs: ['이제 이 주소와 비밀번호로도 로그인할 수 있습니다.'],
    footer: '본인이 연결하지 않았다면 고객센터로 알려 주세요.',
  });
