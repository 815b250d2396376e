/** What may be shown of personal values where the values themselves must not stand (audit log, notices). */

/** `minji@mail.example` → `m***@mail.example`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** `+821012345678` → `***5678`. */
export const maskPhone = (phone: string): string => `***${phone.slice(-4)}`;

const emailInText = /[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+\.[^\s@<>()[\],;:"']+/g;
const phoneInText = /(?<![\d-])(?:\+?82[-. )]*)?\(?0?1[016789]\)?[-. ]*\d{3,4}[-. ]*\d{4}(?!\d)/g;

const halfWidth = (text: string) =>
  text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** A text with the addresses and mobile numbers in it masked: `민지(minji@mail.example) 요청` → `민지(m***@…) 요청`. */
export function maskWithin(text: string): string {
  return halfWidth(text)
    .replace(emailInText, (email) => maskEmail(email))
    .replace(phoneInText, (phone) => maskPhone(phone));
}
