/**
 * A screen on the wall. `code_hash` until it is opened, then `cookie_hash`; both null once it is
 * withdrawn. Unique (code_hash), (cookie_hash).
 */
export interface WallDeviceTable {
  id: string
  name: string
  code_hash: string | null
  code_until: string
  cookie_hash: string | null
  made_by: string
  made_at: string
  opened_at: string | null
  last_seen_at: string | null
  withdrawn_at: string | null
}
