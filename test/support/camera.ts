import type { Page } from 'playwright-core'

/** A photo as a camera takes it, as text. */
const CAMERA = `(async () => {
  const canvas = new OffscreenCanvas(2400, 1800)
  canvas.getContext('2d').fillRect(0, 0, 1200, 1800)
  const photo = await canvas.convertToBlob({ type: 'image/jpeg' })
  return [...new Uint8Array(await photo.arrayBuffer())].join()
})()`

/** A technician takes a photo for the job; it waits on the phone for the connection. */
export async function takePhoto(page: Page, code: string): Promise<void> {
  const bytes = await page.evaluate<string>(CAMERA)
  const file = { name: 'IMG_1.jpg', mimeType: 'image/jpeg' }
  const buffer = Buffer.from(bytes.split(',').map(Number))
  await page.getByLabel(`Ảnh cho ${code}`).setInputFiles({ ...file, buffer })
  await page.getByText('1 ảnh chưa gửi').first().waitFor()
}
