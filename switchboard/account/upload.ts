/** A file uploaded as `multipart/form-data`: docs/serverless/api/resource/function-version#create-a-functionversion-resource */
import { Refused } from './described';
import type { Visibility } from './serverless-state';

export type Upload = { readonly path: string; readonly visibility: Visibility; readonly content: Buffer };

/** @param body one byte a character, as it came. Throws `Refused`. */
export async function readUpload(body: string, contentType = ''): Promise<Upload> {
  const form = await new Request('https://serverless-upload.twilio.com', {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: Buffer.from(body, 'latin1'),
  })
    .formData()
    .catch(() => {
      throw new Refused(400, 20001, 'The upload is no multipart/form-data');
    });
  const path = form.get('Path');
  const visibility = form.get('Visibility');
  const content = form.get('Content');
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new Refused(400, 20001, 'Path has to begin with /');
  if (visibility !== 'public' && visibility !== 'protected' && visibility !== 'private')
    throw new Refused(400, 20001, 'Visibility has to be public, protected or private');
  if (!(content instanceof Blob)) throw new Refused(400, 20001, 'Content has to be a file');
  return { path, visibility, content: Buffer.from(await content.arrayBuffer()) };
}
