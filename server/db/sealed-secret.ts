import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export type SecretSealer = ReturnType<typeof createSecretSealer>

/**
 * Seals secrets that must be given again, with AES-256-GCM: whoever reads the database without the key
 * reads none of them, and a secret that was moved to another owner's row opens no more.
 */
export function createSecretSealer(key: string) {
  const cipherKey = createHash('sha256').update(`browser phone\n${key}`).digest()

  function seal(secret: string, ownerId: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce)
    cipher.setAAD(Buffer.from(ownerId))
    const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]
    return `${VERSION}.${Buffer.concat(sealed).toString('base64url')}`
  }

  /** Null for what was sealed with another key, for somebody else, or is damaged. */
  function open(sealed: string, ownerId: string): string | null {
    const [version, text = ''] = sealed.split('.')
    const bytes = Buffer.from(text, 'base64url')
    if (version !== VERSION || bytes.length <= NONCE_BYTES + TAG_BYTES) return null
    try {
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, NONCE_BYTES))
      decipher.setAAD(Buffer.from(ownerId))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      const clear = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
      return Buffer.concat([clear, decipher.final()]).toString('utf8')
    } catch {
      return null
    }
  }

  return { seal, open }
}
