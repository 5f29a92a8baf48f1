import { randomBytes } from 'node:crypto'

/** A random word for tags and Call-IDs. */
export function newToken(): string {
  return randomBytes(8).toString('hex')
}

/** A new transaction's name. */
export function newBranch(): string {
  return `z9hG4bK${newToken()}`
}
