import { LONGEST_SIDE, SMALL_SIDE, sentSize } from './state/photo-size.ts'

const QUALITY = 0.82

/**
 * A photo as a JPEG that is quickly sent, upright, and without what the camera wrote into it (such as
 * where it was taken); as it is when this browser cannot read it.
 */
export async function scalePhoto(photo: Blob): Promise<Blob> {
  return (await scaled(photo, LONGEST_SIDE)) ?? photo
}

/** The small picture of a picture; null when this browser cannot read it. */
export function smallPicture(picture: Blob): Promise<Blob | null> {
  return scaled(picture, SMALL_SIDE)
}

async function scaled(photo: Blob, longest: number): Promise<Blob | null> {
  const picture = await createImageBitmap(photo).catch(() => null)
  if (picture === null) return null
  const { width, height } = sentSize(picture, longest)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (context) {
    // a JPEG has no see-through parts: they would be black
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.drawImage(picture, 0, 0, width, height)
  }
  picture.close()
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  return promise
}
