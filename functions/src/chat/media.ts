/**
 * What is sent beside words. Nobody but operators sees an upload as it came: shown is a copy, of a picture without anything
 * the camera wrote. Copies are made by a task of its own, so that words do not wait for pictures. The upload is deleted when
 * its copy stands.
 */
import { documentFormats, inspect } from '../platform/fileFormat.ts';
import { deleteFiles, filesBelow, isFile } from '../platform/files.ts';
import { bucket, isStale } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { makePicture } from '../platform/pictures.ts';
import { queueTask } from '../platform/tasks.ts';
import type { Attachment, Message } from './schema.ts';
import { messagesOf } from './store.ts';

/** Name of the task-queue function in index.ts. */
const maker = 'attachMedia';
const attempts = 5;
const mostFiles = 100;

export const mediaFolder = (roomId: string, messageId: string): string => `chatMedia/${roomId}/${messageId}/`;

async function store(path: string, content: Buffer, contentType: string): Promise<void> {
  const metadata = { cacheControl: 'private, max-age=86400' };
  await bucket().file(path).save(content, { resumable: false, contentType, metadata });
}

const refused: Attachment = { state: 'refused', path: null, thumbPath: null, size: 0 };

async function pictureOf(folder: string, source: Buffer): Promise<Attachment> {
  const made = await makePicture(source, { isSquare: false });
  if ('problem' in made) return refused;
  const [path, thumbPath] = [`${folder}full.webp`, `${folder}thumb.webp`];
  await Promise.all([store(path, made.full, 'image/webp'), store(thumbPath, made.thumb, 'image/webp')]);
  return { state: 'ready', path, thumbPath, size: made.full.length };
}

async function fileOf(folder: string, source: Buffer): Promise<Attachment> {
  const { format, hasCode, isBomb } = inspect(source);
  if (hasCode || isBomb || !documentFormats.some((each) => each === format)) return refused;
  const path = `${folder}file.${format}`;
  await store(path, source, format === 'pdf' ? 'application/pdf' : 'application/octet-stream');
  return { state: 'ready', path, thumbPath: null, size: source.length };
}

async function made(roomId: string, messageId: string, { kind, uploadPath }: Message): Promise<Attachment> {
  if (uploadPath === null || !(await isFile(uploadPath))) return refused;
  const [source] = await bucket().file(uploadPath).download();
  const folder = mediaFolder(roomId, messageId);
  return kind === 'image' ? pictureOf(folder, source) : fileOf(folder, source);
}

const deleteBelow = async (folder: string) => deleteFiles(await filesBelow(folder, mostFiles));

/** Makes what a message shows of its upload. Done before: nothing. */
export async function attachMedia(roomId: string, messageId: string): Promise<void> {
  const ref = messagesOf(roomId).doc(messageId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await ref.get();
    const message = found.data();
    if (!message || message.deleted || !found.updateTime) return deleteBelow(mediaFolder(roomId, messageId));
    if (message.uploadPath === null) return;
    if (message.attachment === null) {
      const attachment = await made(roomId, messageId, message);
      if (attachment.state === 'refused') log.warn('chat.uploadRefused', { roomId, messageId });
      try {
        await ref.update({ attachment }, { lastUpdateTime: found.updateTime });
      } catch (error) {
        if (isStale(error)) continue;
        throw error;
      }
    }
    return deleteFiles([message.uploadPath]);
  }
  throw new Error('the message changes faster than its picture');
}

/** Deletes what a message showed, and what was uploaded for it. A message of words costs nothing. */
export async function clearMedia(roomId: string, messageId: string, was: Message | null): Promise<void> {
  if (!was || was.uploadPath === null) return;
  await deleteFiles([was.uploadPath]);
  await deleteBelow(mediaFolder(roomId, messageId));
}

/** A new upload is given to the task queue; of a message taken back nothing is kept. */
export async function followMedia(
  roomId: string,
  messageId: string,
  was: Message | null,
  is: Message,
): Promise<void> {
  if (is.deleted) return clearMedia(roomId, messageId, was);
  if (is.uploadPath === null || is.attachment !== null) return;
  const id = Buffer.from(`${roomId}/${messageId}`).toString('hex').slice(-400);
  await queueTask(maker, id, { roomId, messageId });
}
