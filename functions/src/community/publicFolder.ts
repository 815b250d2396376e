/** Where everybody sees the pictures of a post. */
export const publicFolder = (talkId: string): string => `public/freetalks/${talkId}/`;
