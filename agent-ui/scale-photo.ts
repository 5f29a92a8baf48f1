import { sentSize } from './state/photo-size.ts'

const QUALITY = 0.82

/**
 * A photo as a JPEG that is quickly sent, upright, and without what the camera wrote into it (such as
 * where it was taken); as it is when this browser cannot read it.
 */
export async function scalePhoto(photo: Blob): Promise<Blob> {
  const picture = await createImageBitmap(photo).catch(() => null)
  if (picture === null) return photo
  const { width, height } = sentSize(picture)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  return (await promise) ?? photo
}
