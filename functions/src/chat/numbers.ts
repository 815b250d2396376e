/**
 * Long numbers in words. The rules refuse them, so that no resident, card or telephone number reaches a reader before the
 * server has masked it; firestore.rules says the same in RE2.
 */
export const longNumber = /[0-9０-９](?:[^\p{L}\p{N},，]*[0-9０-９]){6}/u;

/** Whether seven digits follow each other with nothing but signs between them. A comma groups a price: it ends a run. */
export const hasLongNumber = (text: string): boolean => longNumber.test(text);
